package dev.rote.corruption.grpc;

import dev.rote.artifacts.OtherVersionException;
import dev.rote.corruption.config.CorruptionConfig;
import dev.rote.corruption.datasets.Datasets;
import dev.rote.corruption.datasets.OwnWeights;
import dev.rote.corruption.datasets.StoredFiles;
import dev.rote.corruption.variants.VariantMaker;
import dev.rote.grpcerrors.ApiException;
import dev.rote.grpcerrors.CheckedRequests;
import dev.rote.runtime.Slots;
import dev.rote.spec.AdmittedVariant;
import dev.rote.spec.Versions;
import dev.rote.v1.CheckVariantRequest;
import dev.rote.v1.CheckVariantResponse;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.DescribeVariantRequest;
import dev.rote.v1.DescribeVariantResponse;
import dev.rote.v1.HashFilesRequest;
import dev.rote.v1.HashFilesResponse;
import dev.rote.v1.ImportWeightsRequest;
import dev.rote.v1.ImportWeightsResponse;
import dev.rote.v1.InspectFilesRequest;
import dev.rote.v1.InspectFilesResponse;
import dev.rote.v1.ListDatasetsRequest;
import dev.rote.v1.ListDatasetsResponse;
import dev.rote.v1.MaterializeVariantRequest;
import dev.rote.v1.MaterializeVariantResponse;
import dev.rote.v1.StoreFileRequest;
import dev.rote.v1.StoreFileResponse;
import dev.rote.v1.StreamExamplesRequest;
import dev.rote.v1.StreamExamplesResponse;
import dev.rote.v1.VariantManifest;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** {@code rote.v1.CorruptionService}. */
@GrpcService
@Blocking
public class CorruptionGrpcService implements BindableService, CorruptionServiceGrpc.AsyncService {
  private static final Pattern VARIANT_ID = Pattern.compile("[0-9a-f]{32}");

  private final Datasets datasets;
  private final OwnWeights weights;
  private final StoredFiles stored;
  private final VariantMaker maker;
  private final ExampleStreams streams;
  private final Slots checks;
  private final Slots makes;

  CorruptionGrpcService(
      Datasets datasets,
      OwnWeights weights,
      StoredFiles stored,
      VariantMaker maker,
      ExampleStreams streams,
      CorruptionConfig config) {
    this.weights = weights;
    this.stored = stored;
    this.datasets = datasets;
    this.maker = maker;
    this.streams = streams;
    int calls = config.corruption().calls();
    this.checks = new Slots(calls, "rote.corruption.calls", Duration.ofSeconds(1));
    this.makes = new Slots(calls, "rote.corruption.calls", Duration.ofSeconds(5));
  }

  @Override
  public ServerServiceDefinition bindService() {
    return CheckedRequests.of(CorruptionServiceGrpc.bindService(this));
  }

  @Override
  public void listDatasets(
      ListDatasetsRequest request, StreamObserver<ListDatasetsResponse> client) {
    answer(client, () -> ListDatasetsResponse.newBuilder().addAllDatasets(datasets.list()).build());
  }

  @Override
  public void checkVariant(
      CheckVariantRequest request, StreamObserver<CheckVariantResponse> client) {
    answer(client, () -> check(() -> maker.check(request.getVariant())));
  }

  @Override
  public void inspectFiles(
      InspectFilesRequest request, StreamObserver<InspectFilesResponse> client) {
    answer(client, () -> check(() -> datasets.inspect(request)));
  }

  @Override
  public StreamObserver<StoreFileRequest> storeFile(StreamObserver<StoreFileResponse> client) {
    return new FileUpload(stored, client);
  }

  @Override
  public void hashFiles(HashFilesRequest request, StreamObserver<HashFilesResponse> client) {
    answer(
        client,
        () ->
            check(
                () ->
                    HashFilesResponse.newBuilder()
                        .putAllContent(datasets.content(request.getPathsList()))
                        .build()));
  }

  @Override
  public void importWeights(
      ImportWeightsRequest request, StreamObserver<ImportWeightsResponse> client) {
    answer(client, () -> check(() -> weights.take(request)));
  }

  @Override
  public void materializeVariant(
      MaterializeVariantRequest request, StreamObserver<MaterializeVariantResponse> client) {
    answer(
        client,
        () -> {
          Context context = Context.current();
          AdmittedVariant variant = admitted(request);
          VariantMaker.Made made = within(makes, () -> maker.make(variant, context::isCancelled));
          return MaterializeVariantResponse.newBuilder()
              .setManifest(made.manifest())
              .setCreated(made.created())
              .build();
        });
  }

  private AdmittedVariant admitted(MaterializeVariantRequest request) {
    AdmittedVariant variant = maker.admit(request.getVariant());
    String expected = request.getVariantId();
    if (!expected.isEmpty() && !expected.equals(variant.id().value())) {
      throw ApiException.precondition(
          OtherVersionException.REASON,
          "variant",
          "the variant would be %s here, asked for was %s: this service computes the semantic version %s of corruption"
              .formatted(variant.id(), expected, Versions.CURRENT.corruption()));
    }
    return variant;
  }

  @Override
  public void describeVariant(
      DescribeVariantRequest request, StreamObserver<DescribeVariantResponse> client) {
    answer(
        client,
        () ->
            DescribeVariantResponse.newBuilder()
                .setManifest(manifest(request.getVariantId()))
                .build());
  }

  @Override
  public void streamExamples(
      StreamExamplesRequest request, StreamObserver<StreamExamplesResponse> client) {
    try {
      manifest(request.getVariantId());
      streams.start(request, (ServerCallStreamObserver<StreamExamplesResponse>) client);
    } catch (RuntimeException e) {
      client.onError(DatasetErrors.translate(e));
    }
  }

  private <T> T check(Supplier<T> work) {
    return within(checks, () -> CallFetches.checking(work));
  }

  private static <T> T within(Slots slots, Supplier<T> work) {
    slots.acquire();
    try {
      return work.get();
    } catch (CancellationException e) {
      throw Status.CANCELLED
          .withDescription("the client has gone")
          .withCause(e)
          .asRuntimeException();
    } finally {
      slots.release();
    }
  }

  private VariantManifest manifest(String variantId) {
    if (!VARIANT_ID.matcher(variantId).matches()) {
      throw ApiException.invalid("variant_id", "must be 32 hex digits, was \"" + variantId + "\"");
    }
    return maker
        .find(variantId)
        .orElseThrow(
            () ->
                ApiException.notFound(
                    "variant", variantId, "variant " + variantId + " was not made yet"));
  }

  private static <T> void answer(StreamObserver<T> client, Supplier<T> work) {
    T response;
    try {
      response = work.get();
    } catch (RuntimeException e) {
      client.onError(DatasetErrors.translate(e));
      return;
    }
    client.onNext(response);
    client.onCompleted();
  }
}
