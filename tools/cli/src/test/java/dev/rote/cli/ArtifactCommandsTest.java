package dev.rote.cli;

import static dev.rote.cli.FakeServices.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.rote.grpcerrors.ApiException;
import dev.rote.v1.CorruptionServiceGrpc.CorruptionServiceImplBase;
import dev.rote.v1.CriticalSample;
import dev.rote.v1.DatasetInfo;
import dev.rote.v1.DescribeVariantRequest;
import dev.rote.v1.DescribeVariantResponse;
import dev.rote.v1.Examples;
import dev.rote.v1.ExportCheckpointRequest;
import dev.rote.v1.ExportCheckpointResponse;
import dev.rote.v1.FindCriticalSamplesRequest;
import dev.rote.v1.FindCriticalSamplesResponse;
import dev.rote.v1.GetTrialRequest;
import dev.rote.v1.GetTrialResponse;
import dev.rote.v1.ListDatasetsRequest;
import dev.rote.v1.ListDatasetsResponse;
import dev.rote.v1.MetricsServiceGrpc.MetricsServiceImplBase;
import dev.rote.v1.SearchApplied;
import dev.rote.v1.SearchHeader;
import dev.rote.v1.Shape;
import dev.rote.v1.StreamExamplesRequest;
import dev.rote.v1.StreamExamplesResponse;
import dev.rote.v1.TrainerServiceGrpc.TrainerServiceImplBase;
import dev.rote.v1.TrialResult;
import dev.rote.v1.VariantManifest;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that talk to the services behind the sweeps service. */
final class ArtifactCommandsTest {
  private static final Shape SHAPE =
      Shape.newBuilder().setChannels(1).setHeight(1).setWidth(1).build();

  @TempDir Path folder;
  private final List<SearchHeader> headers = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();
  private final List<ExportCheckpointRequest> exports = new ArrayList<>();
  private final FakeServices services =
      new FakeServices(new Corruption(), new Trainer(), new Metrics());

  @AfterEach
  void stop() {
    services.close();
  }

  private static ByteString pixel(float value) {
    ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putFloat(0, value);
    return ByteString.copyFrom(buffer);
  }

  private static final class Corruption extends CorruptionServiceImplBase {
    @Override
    public void listDatasets(ListDatasetsRequest request, StreamObserver<ListDatasetsResponse> to) {
      to.onNext(
          ListDatasetsResponse.newBuilder()
              .addDatasets(
                  DatasetInfo.newBuilder()
                      .setName("strokes")
                      .setDescription("drawn digits")
                      .setClasses(10)
                      .setShape(Shape.newBuilder().setChannels(1).setHeight(28).setWidth(28))
                      .setTrainExamples(60_000)
                      .setAvailable(true))
              .build());
      to.onCompleted();
    }

    @Override
    public void describeVariant(
        DescribeVariantRequest request, StreamObserver<DescribeVariantResponse> to) {
      to.onNext(
          DescribeVariantResponse.newBuilder()
              .setManifest(
                  VariantManifest.newBuilder().setVariantId(request.getVariantId()).setShape(SHAPE))
              .build());
      to.onCompleted();
    }

    @Override
    public void streamExamples(
        StreamExamplesRequest request, StreamObserver<StreamExamplesResponse> to) {
      for (int i = 0; i < request.getCount(); i++) {
        to.onNext(
            StreamExamplesResponse.newBuilder()
                .setFirstIndex(request.getOffset() + i)
                .setInputs(pixel(i / 10f))
                .addLabels(i)
                .build());
      }
      to.onCompleted();
    }
  }

  private final class Trainer extends TrainerServiceImplBase {
    @Override
    public void getTrial(GetTrialRequest request, StreamObserver<GetTrialResponse> to) {
      to.onNext(
          GetTrialResponse.newBuilder()
              .setResult(TrialResult.newBuilder().setVariantId("variant-of-trial"))
              .build());
      to.onCompleted();
    }

    @Override
    public void exportCheckpoint(
        ExportCheckpointRequest request, StreamObserver<ExportCheckpointResponse> to) {
      exports.add(request);
      to.onNext(ExportCheckpointResponse.newBuilder().setChunk(bytes("PK")).build());
      if (request.getEpoch() == 9) {
        throw ApiException.notFound("checkpoint", "t1", "trial t1 has no checkpoint of epoch 9");
      }
      to.onNext(ExportCheckpointResponse.newBuilder().setChunk(bytes("zip")).build());
      to.onCompleted();
    }
  }

  /** Finds an adversarial example for every second input, half a grey level away. */
  private final class Metrics extends MetricsServiceImplBase {
    @Override
    public StreamObserver<FindCriticalSamplesRequest> findCriticalSamples(
        StreamObserver<FindCriticalSamplesResponse> to) {
      return new StreamObserver<>() {
        private long next;

        @Override
        public void onNext(FindCriticalSamplesRequest request) {
          if (request.hasHeader()) {
            headers.add(request.getHeader());
          } else {
            counts.add(request.getExamples().getCount());
            to.onNext(answer(request.getExamples()));
          }
        }

        private FindCriticalSamplesResponse answer(Examples examples) {
          FindCriticalSamplesResponse.Builder answer = FindCriticalSamplesResponse.newBuilder();
          for (int i = 0; i < examples.getInputs().size() / Float.BYTES; i++, next++) {
            CriticalSample.Builder sample =
                CriticalSample.newBuilder().setIndex(next).setPredicted(3).setAdversarialClass(3);
            if (next % 2 == 1) {
              float value =
                  examples
                      .getInputs()
                      .asReadOnlyByteBuffer()
                      .order(ByteOrder.LITTLE_ENDIAN)
                      .getFloat(i * Float.BYTES);
              sample
                  .setCritical(true)
                  .setAdversarialClass(5)
                  .setIterations(7)
                  .setAdversarial(pixel(value + 0.5f / 255));
            }
            answer.addSamples(sample);
          }
          SearchHeader header = headers.get(0);
          return answer
              .setApplied(
                  SearchApplied.newBuilder()
                      .setEpoch(7)
                      .setSearch(header.getSearch().toBuilder().setRadius(0.5))
                      .setClipped(header.getClip())
                      .setAnyRange(header.getAnyRange()))
              .build();
        }

        @Override
        public void onError(Throwable cancelled) {}

        @Override
        public void onCompleted() {
          to.onCompleted();
        }
      };
    }
  }

  private CommandLineRun rote(String... args) {
    return CommandLineRun.of(services, args);
  }

  @Test
  void datasets_table_hasShapes() {
    assertThat(rote("datasets").out().lines())
        .containsExactly(
            "NAME     AVAILABLE  CLASSES  SHAPE    TRAIN  TEST  DESCRIPTION",
            "strokes  yes             10  1x28x28  60000     0  drawn digits");
  }

  @Test
  void export_trial_writesTheArchive() {
    Path file = folder.resolve("model.zip");

    CommandLineRun run = rote("export", "t1", "-O", file.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(file).hasContent("PKzip");
  }

  @ParameterizedTest
  @CsvSource({
    "npz, NPZ",
    "safetensors, SAFETENSORS",
    "torch, TORCH",
    "torch-npz, TORCH_NPZ",
    "dl4j, DL4J"
  })
  void export_format_isAskedFor(String word, ExportCheckpointRequest.Format format) {
    Path file = folder.resolve("weights");

    CommandLineRun run =
        rote("export", "t1", "--format", word, "--optimizer", "-O", file.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(exports)
        .containsExactly(
            ExportCheckpointRequest.newBuilder()
                .setTrialId("t1")
                .setFormat(format)
                .setOptimizer(true)
                .build());
  }

  @Test
  void export_unknownFormat_namesThoseThatAre() {
    CommandLineRun run = rote("export", "t1", "--format", "onnx");

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err())
        .contains("--format", "must be npz, safetensors, torch, torch-npz or dl4j, was onnx");
    assertThat(exports).isEmpty();
  }

  @Test
  void export_brokenOff_leavesNothing() throws IOException {
    CommandLineRun run =
        rote("export", "t1", "--epoch", "9", "-O", folder.resolve("model.zip").toString());

    assertThat(run.exitCode()).isEqualTo(ExitCodes.NOT_FOUND);
    assertThat(run.err()).contains("no checkpoint of epoch 9");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void adversarial_ofTheTrial_takesItsVariant() {
    CommandLineRun run =
        rote("adversarial", "t1", "--count", "3", "--offset", "40", "--radius", "0.5", "-o", "csv");

    assertThat(run.out().lines())
        .containsExactly(
            "index,example,label,predicted,critical,adversarial_class,iterations,largest_change",
            "0,40,0,3,no,3,0,",
            "1,41,1,3,yes,5,7,0.500",
            "2,42,2,3,no,3,0,");
    assertThat(run.err()).contains("1 of 3 examples are critical (ratio 0.333)");
    assertThat(headers.get(0).getSearch().getRadius()).isEqualTo(0.5);
    assertThat(headers.get(0).getSearch().hasLass()).isTrue();
    assertThat(headers.get(0).hasEpoch()).isFalse();
  }

  @Test
  void adversarial_images_savesPairs() throws IOException {
    byte[] idx = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, (byte) 128};
    Path images = Files.write(folder.resolve("images.idx"), idx);
    Path pairs = folder.resolve("pairs");

    CommandLineRun run =
        rote(
            "adversarial",
            "t1",
            "--images",
            images.toString(),
            "--epoch",
            "2",
            "--search",
            "pgd",
            "--save",
            pairs.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(headers.get(0).getEpoch()).isEqualTo(2);
    assertThat(headers.get(0).getSearch().hasPgd()).isTrue();
    assertThat(pairs.resolve("000001-adversarial.png")).exists();
    assertThat(pairs.resolve("outcomes.csv")).content().contains("1,1,,3,yes,5,7,0.500");
  }

  private Path images(int type, byte... pixels) throws IOException {
    byte[] idx = {0, 0, (byte) type, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1};
    byte[] whole = Arrays.copyOf(idx, idx.length + pixels.length);
    System.arraycopy(pixels, 0, whole, idx.length, pixels.length);
    return Files.write(folder.resolve("images.idx"), whole);
  }

  @Test
  void adversarial_imagesOutsideTheTrainedRange_refusedBeforeAnythingIsSent() throws IOException {
    /* 0 and 255 as float32. */
    Path images = images(0x0D, new byte[] {0, 0, 0, 0, 0x43, 0x7F, 0, 0});

    CommandLineRun run = rote("adversarial", "t1", "--images", images.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCodes.INVALID);
    assertThat(run.err()).contains("has the value 255.0 in image 1", "--any-range");
    assertThat(headers).isEmpty();

    CommandLineRun anyway = rote("adversarial", "t1", "--images", images.toString(), "--any-range");
    assertThat(anyway.exitCode()).isEqualTo(ExitCodes.OK);
    assertThat(headers.get(0).getAnyRange()).isTrue();
    assertThat(anyway.err()).contains("32-bit floats as they are, values from 0.0 to 255.0");
  }

  @Test
  void adversarial_always_saysWhatIsDone() throws IOException {
    Path images = images(0x08, new byte[] {0, (byte) 255});

    CommandLineRun run = rote("adversarial", "t1", "--images", images.toString());

    assertThat(run.err())
        .contains(
            "images.idx: 2 images of 1x1x1, unsigned bytes divided by 255, values from 0.0 to 1.0",
            "epoch 7 of trial t1, lass of radius 0.5 grey levels (1/255), pixels may leave [0, 1] by"
                + " as much",
            "1 pixels of adversarial examples leave [0, 1] by up to 0.500 grey levels, as in the"
                + " paper; --clip keeps them inside.");
    assertThat(counts).containsExactly(2);
    assertThat(headers.get(0).getClip()).isFalse();

    headers.clear();
    CommandLineRun clipped = rote("adversarial", "t1", "--images", images.toString(), "--clip");
    assertThat(headers.get(0).getClip()).isTrue();
    assertThat(clipped.err()).contains("grey levels (1/255), kept in [0, 1]");
  }
}
