package dev.rote.sweeps.doors.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.grpcerrors.ApiException;
import dev.rote.spec.DataOutline;
import dev.rote.sweeps.admission.Admission;
import dev.rote.sweeps.admission.VariantChecks;
import dev.rote.sweeps.doors.Door;
import dev.rote.sweeps.doors.DoorStack;
import dev.rote.sweeps.doors.Mutations;
import dev.rote.sweeps.doors.Quotas;
import dev.rote.workqueue.Pulses;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The door of events on a real broker: whatever comes, what comes after it gets through. {@code
 * -Drote.mutations=10000} tries more than a normal build does.
 */
@ExtendWith(DoorStack.Shared.class)
class ConfigDoorIT {
  /* Events that are sent before the door is waited for: it is to keep up, however many come. */
  private static final int AT_ONCE = 500;

  private final DoorStack stack;

  ConfigDoorIT(DoorStack stack) {
    this.stack = stack;
  }

  @Test
  void shouldRefuseWithTheFirstViolationsWhenThousandsOfKeysAreUnknown() throws Exception {
    StringBuilder junk = new StringBuilder("apiVersion: rote.dev/v1\nkind: Sweep\n");
    for (int i = 0; i < 8_000; i++) {
      junk.append("key").append(i).append(": ").append(i).append('\n');
    }
    long offset = stack.send(null, junk.toString().getBytes(UTF_8));
    stack.assertOpen();
    ConsumerRecord<byte[], byte[]> letter = stack.letter(offset);
    assertThat(DoorStack.header(letter, "rote-reason")).isEqualTo("INVALID_SWEEP");
    assertThat(letter.headers().headers("rote-violation")).hasSizeBetween(1, 20);
    assertThat(DoorStack.header(letter, "rote-message").length()).isLessThanOrEqualTo(500);
    assertThat(letter.value()).hasSize(junk.length());
  }

  @Test
  void shouldTellOfAnEventByItsHashWhenItIsTooLargeForALetter() throws Exception {
    long offset = stack.send(null, DoorStack.sweep("x".repeat(1_048_000)));
    stack.assertOpen();
    ConsumerRecord<byte[], byte[]> letter = stack.letter(offset);
    assertThat(letter.value()).isNull();
    assertThat(DoorStack.header(letter, "rote-sha256")).matches("[0-9a-f]{64}");
    long half = stack.send(null, DoorStack.sweep("x".repeat(400_000)));
    stack.assertOpen();
    assertThat(DoorStack.header(stack.letter(half), "rote-reason")).isEqualTo("INVALID_SWEEP");
  }

  @Test
  void shouldSayLineAndColumnOfWhatIsWrongInYaml() throws Exception {
    String text =
        new String(DoorStack.sweep("lines"), UTF_8)
            .replace("epochs: 7", "epochs: seven")
            .replace("repetitions: 2", "repetitionen: 2");
    assertThat(violations(text))
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).contains(place(text, "seven") + " spec.trial.training.epochs:"),
            one -> assertThat(one).contains(place(text, "repetitionen") + " spec"));
    String beyond =
        new String(DoorStack.sweep("lines"), UTF_8).replace("repetitions: 2", "repetitions: 0");
    assertThat(violations(beyond))
        .singleElement()
        .asString()
        .contains(":13:", " spec.repetitions: must be in [1, 10000], was 0");
  }

  private List<String> violations(String text) throws Exception {
    ConsumerRecord<byte[], byte[]> letter = stack.letter(stack.send(null, text.getBytes(UTF_8)));
    List<String> violations = new ArrayList<>();
    for (Header header : letter.headers().headers("rote-violation")) {
      violations.add(new String(header.value(), UTF_8));
    }
    return violations;
  }

  /** As {@code :LINE:COLUMN}, from 1. */
  private static String place(String text, String word) {
    String before = text.substring(0, text.indexOf(word));
    return ":" + before.lines().count() + ":" + (before.length() - before.lastIndexOf('\n'));
  }

  /** A topic of letters that takes nothing, as an operator of the cluster may have bounded it. */
  @Test
  void shouldCountAnEventOfWhichNoLetterCanBeWritten_andGoOn() throws Exception {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    stack.configDoor().meters().bindTo(registry);
    FunctionCounter skipped = registry.get("rote.configs.skipped").functionCounter();
    double before = skipped.count();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafka()))) {
      lettersOfAtMost(admin, "10");
      stack.send(null, "no sweep".getBytes(UTF_8));
      stack.assertOpen();
      assertThat(skipped.count()).isEqualTo(before + 1);
      lettersOfAtMost(admin, "1048588");
    }
    stack.letter(stack.send(null, "no sweep either".getBytes(UTF_8)));
    assertThat(skipped.count()).isEqualTo(before + 1);
  }

  private static void lettersOfAtMost(Admin admin, String bytes) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, DeadLetters.TOPIC),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  @Test
  void shouldRefuseWhatIsNoSweepAndGoOn() throws Exception {
    List<Long> offsets = new ArrayList<>();
    offsets.add(stack.send(null, null));
    offsets.add(stack.send("k".getBytes(UTF_8), null));
    offsets.add(stack.send(null, new byte[0]));
    offsets.add(stack.send(null, new byte[] {(byte) 0xff, (byte) 0xfe, 0}));
    offsets.add(
        stack.send(
            null,
            new String(DoorStack.sweep("path"), UTF_8)
                .replace(
                    "{name: strokes, trainSize: 100, validationSize: 50}",
                    "{name: idx, trainSize: 100, validationSize: 50, idx: {trainImages: \""
                        + "a/".repeat(2_000)
                        + "a\", trainLabels: b}}")
                .getBytes(UTF_8)));
    stack.assertOpen();
    for (long offset : offsets) {
      assertThat(DoorStack.header(stack.letter(offset), "rote-reason"))
          .isIn("INVALID_SWEEP", "NOT_UTF8");
    }
  }

  private Door checking(VariantChecks checks) {
    return new Door(
        new Admission(100, 1, checks, paths -> Map.of(), start -> {}),
        stack.engine(),
        new Quotas(Quotas.Limits.NONE, Clock.systemUTC()));
  }

  @Test
  void shouldSkipAnEventThatEndedTheProcessTwiceWhenItIsReadAgain() throws Exception {
    stack.shut();
    long offset = stack.send(null, DoorStack.sweep("deadly"));
    Door deadly =
        checking(
            variant -> {
              throw new AssertionError("ends the door's thread, as running out of memory would");
            });
    for (int i = 0; i < 2; i++) {
      Pulses told = new Pulses();
      ConfigDoor dying = stack.open(deadly, told);
      DoorStack.await(() -> !told.standing().isEmpty());
      assertThat(told.standing().get("config door")).contains("ends the door's thread");
      dying.stop();
    }
    stack.reopen();
    stack.assertOpen();
    assertThat(DoorStack.header(stack.letter(offset), "rote-reason"))
        .isEqualTo("ENDED_THE_PROCESS");
    assertThat(stack.engine().view().sweep("deadly")).isEmpty();
  }

  @Test
  void shouldLeaveTheSignatureOutOfTheLetterWhenASignedEventIsRefused() throws Exception {
    long offset =
        stack.sendWith(
            Map.of("rote-owner", "ada", "rote-signature", "00ff"), DoorStack.sweep("signed"));

    ConsumerRecord<byte[], byte[]> letter = stack.letter(offset);

    assertThat(DoorStack.header(letter, "rote-reason")).isEqualTo("SIGNATURE_INVALID");
    assertThat(DoorStack.header(letter, "rote-owner")).isEqualTo("ada");
    assertThat(letter.headers().lastHeader("rote-signature")).isNull();
  }

  @Test
  void shouldHoldOthersUpNoLongerThanItsPatienceWhenACheckNeverEnds() throws Exception {
    stack.shut();
    long offset = stack.send(null, DoorStack.sweep("slow"));
    Door slow =
        checking(
            variant -> {
              throw ApiException.timedOut("the host sends a byte a minute", null);
            });
    ConfigDoor waiting = stack.open(slow, new Pulses());

    assertThat(DoorStack.header(stack.letter(offset), "rote-reason")).isEqualTo("CHECK_TIMED_OUT");

    waiting.stop();
    stack.reopen();
    stack.assertOpen();
  }

  @Test
  void shouldSayUntilWhenAQuotaIsSpentAndLetOthersThrough() throws Exception {
    stack.shut();
    ConfigDoor narrow =
        stack.open(
            new Door(
                new Admission(
                    100, 1, variant -> DataOutline.unknown(), paths -> Map.of(), start -> {}),
                stack.engine(),
                new Quotas(
                    new Quotas.Limits(
                        OptionalLong.of(1), OptionalLong.empty(), OptionalLong.empty()),
                    Clock.systemUTC())),
            new Pulses(),
            new ConfigDoor.Settings(
                new EventOwners("narrow", Optional.empty()),
                Duration.ofSeconds(1),
                OptionalInt.of(3)));
    stack.send(null, DoorStack.sweep("narrow-1"));
    long second = stack.send(null, DoorStack.sweep("narrow-2"));
    stack.send(null, DoorStack.sweep("narrow-1"));
    long fourth = stack.send(null, DoorStack.sweep("narrow-1"));

    var spent = stack.letter(second);
    assertThat(DoorStack.header(spent, "rote-reason")).isEqualTo("QUOTA_SPENT");
    assertThat(DoorStack.header(spent, "rote-message"))
        .contains("narrow has 1 sweeps under way and may have 1");
    var rate = stack.letter(fourth);
    assertThat(DoorStack.header(rate, "rote-reason")).isEqualTo("QUOTA_SPENT");
    assertThat(DoorStack.header(rate, "rote-message"))
        .containsPattern("narrow sent 3 events within a minute.* again after 20\\d\\d-.*Z");
    narrow.stop();
    stack.reopen();
    stack.assertOpen();
    assertThat(stack.engine().view().sweep("narrow-1")).isPresent();
    assertThat(stack.engine().view().sweep("narrow-2")).isEmpty();
  }

  @Test
  void shouldStayOpenWhenEventsAreMutated() throws Exception {
    RandomGenerator random = Mutations.random(7);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", stack.kafka()))) {
      for (int i = 1; i <= Mutations.COUNT; i++) {
        stack.send(
            random.nextBoolean() ? null : new byte[] {(byte) random.nextInt()},
            Mutations.of(DoorStack.sweep("m" + i), random));
        if (i % AT_ONCE == 0) {
          awaitAllRead(admin);
        }
      }
      stack.assertOpen();
      awaitAllRead(admin);
    }
  }

  private void awaitAllRead(Admin admin) throws InterruptedException {
    TopicPartition configs = new TopicPartition("rote.configs", 0);
    long end = stack.end(configs);
    DoorStack.await(() -> committed(admin, configs) == end);
  }

  private static long committed(Admin admin, TopicPartition partition) {
    try {
      OffsetAndMetadata read =
          admin
              .listConsumerGroupOffsets("rote-configs")
              .partitionsToOffsetAndMetadata()
              .get(10, TimeUnit.SECONDS)
              .get(partition);
      return read == null ? 0 : read.offset();
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
