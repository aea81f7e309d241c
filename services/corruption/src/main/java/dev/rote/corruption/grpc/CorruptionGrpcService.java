package dev.rote.corruption.grpc;

import dev.rote.corruption.datasets.Datasets;
import dev.rote.corruption.variants.VariantMaker;
import dev.rote.grpcerrors.ApiException;
import dev.rote.v1.CheckVariantRequest;
import dev.rote.v1.CheckVariantResponse;
import dev.rote.v1.CorruptionServiceGrpc;
import dev.rote.v1.DescribeVariantRequest;
import dev.rote.v1.DescribeVariantResponse;
import dev.rote.v1.ListDatasetsRequest;
import dev.rote.v1.ListDatasetsResponse;
import dev.rote.v1.MaterializeVariantRequest;
import dev.rote.v1.MaterializeVariantResponse;
import dev.rote.v1.StreamExamplesRequest;
import dev.rote.v1.StreamExamplesResponse;
import dev.rote.v1.VariantManifest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.smallrye.common.annotation.Blocking;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** {@code rote.v1.CorruptionService}. */
@GrpcService
@Blocking
public class CorruptionGrpcService extends CorruptionServiceGrpc.CorruptionServiceImplBase {
  private static final Pattern VARIANT_ID = Pattern.compile("[0-9a-f]{32}");

  private final Datasets datasets;
  private final VariantMaker maker;
  private final ExampleStreams streams;

  CorruptionGrpcService(Datasets datasets, VariantMaker maker, ExampleStreams streams) {
    this.datasets = datasets;
    this.maker = maker;
    this.streams = streams;
  }

  @Override
  public void listDatasets(
      ListDatasetsRequest request, StreamObserver<ListDatasetsResponse> client) {
    answer(client, () -> ListDatasetsResponse.newBuilder().addAllDatasets(datasets.list()).build());
  }

  @Override
  public void checkVariant(
      CheckVariantRequest request, StreamObserver<CheckVariantResponse> client) {
    answer(client, () -> maker.check(request.getVariant()));
  }

  @Override
  public void materializeVariant(
      MaterializeVariantRequest request, StreamObserver<MaterializeVariantResponse> client) {
    answer(
        client,
        () -> {
          VariantMaker.Made made = maker.make(request.getVariant());
          return MaterializeVariantResponse.newBuilder()
              .setManifest(made.manifest())
              .setCreated(made.created())
              .build();
        });
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
