package dev.rote.it;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rote.access.grpc.Channels;
import dev.rote.architecture.Modules;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.SweepValidator;
import dev.rote.v1.Sweep;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** Every command of the README and the guides is run, in its order, as a user would run it. */
class DocumentationIT {
  static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");
  private static final Pattern GRPCURL =
      Pattern.compile(
          "grpcurl -plaintext -H \"authorization: Bearer \\$ROTE_TOKEN\" "
              + "(?:-d '(?<json>[^']*)' )?\\$ROTE_SWEEPS (?<method>\\S+)");
  private static final Pattern SETTING = Pattern.compile("-X ([^=]+)=(\\S+)");
  private static final Pattern EVENT =
      Pattern.compile(
          "kcat -b \\$ROTE_KAFKA(?<settings>(?: -X \\S+)+) -t (?<topic>\\S+) -P (?<file>\\S+)");

  /**
   * Run by {@code .ci/run} itself (the first two), or too long for a test (the benchmarks; a sweep
   * that is validated below), or in need of downloads of gigabytes (the build for CUDA).
   */
  private static final List<String> ELSEWHERE =
      List.of(
          "./rote demo",
          "./mvnw verify",
          "./rote bench",
          "./rote paper run --all --small --datasets ../shared/datasets",
          "./mvnw -Drote.cuda=11 -DskipTests package");

  /**
   * Of docs/kubernetes.md: they need a cluster. What they apply is built and read strictly by
   * ManifestsTest, what they do to sweeps is done by SweepLifeTest, and the last one is a build's.
   */
  private static final Pattern ON_A_CLUSTER =
      Pattern.compile("kubectl .*|\\./mvnw -pl services/operator .*-Drote\\.write-crd=true.*");

  private static final String DATASETS = "--datasets ../shared/datasets";

  private static final String TINY =
      " --set spec.trial.dataset.trainSize=100 --set 'spec.trial.training={epochs: 1}'";

  private static final Pattern SIZES =
      Pattern.compile(" --set spec\\.trial\\.(dataset\\.\\w+Size|training\\.epochs)=\\d+");

  /** Makes a training of a network as short as it can be. */
  private static final String SHORTEST =
      " --set spec.trial.dataset.trainSize=32 --set spec.trial.dataset.validationSize=8"
          + " --set spec.trial.training.epochs=2 --set spec.trial.training.maxSteps=2"
          + " --set spec.trial.training.batchSize=16 --set spec.repetitions=1";

  private static final String FEW =
      " --set spec.trial.dataset.trainSize=200 --set spec.trial.dataset.validationSize=50"
          + " --set spec.repetitions=1";

  /** Commands on real data or of minutes, and as which they are short enough for a test. */
  private static final Map<String, String> SHORTENED =
      Map.ofEntries(
          entry(
              "./rote paper run fig1 --small " + DATASETS,
              "./rote paper run fig1 --small --set spec.repetitions=2 " + DATASETS),
          entry(
              "./rote paper run fig2 --small --set spec.repetitions=1 " + DATASETS,
              "./rote paper run fig2 --small --set spec.repetitions=1 " + DATASETS + TINY),
          entry(
              "./rote run k8s/sweeps/studies/authors-loss.yaml " + DATASETS,
              "./rote run k8s/sweeps/studies/authors-loss.yaml --set spec.repetitions=1 "
                  + "--set 'spec.measurements[0].lossSensitivity.everySteps=100' "
                  + DATASETS),
          entry(fig4(20_000), fig4(20)),
          entry(fig9(""), fig9(TINY + " --set spec.trial.dataset.validationSize=10")),
          entry(demo(20), demo(3)),
          entry(example("mnist-all-scores", ""), example("mnist-all-scores", FEW)),
          entry(example("forgetting-mnist-small", ""), example("forgetting-mnist-small", FEW)),
          entry(
              example("cifar10n-wrong-labels", " --set spec.repetitions=1"),
              example("cifar10n-wrong-labels", FEW)));

  private static String demo(int atMost) {
    return "./rote run k8s/sweeps/demo.yaml --set spec.repetitions=null"
        + " --set 'spec.repeat={until: DECIDED, atMost: "
        + atMost
        + "}'";
  }

  private static String example(String name, String more) {
    return "./rote run k8s/sweeps/examples/" + name + ".yaml" + more + " " + DATASETS;
  }

  private static String fig4(int steps) {
    return "./rote paper run fig4 --small "
        + DATASETS
        + " --set spec.trial.training.maxSteps="
        + steps
        + " --set spec.repetitions=1"
        + " --set 'spec.measurements[0].lossSensitivity.everySteps=100'";
  }

  private static String fig9(String more) {
    return "./rote paper run fig9 --small "
        + DATASETS
        + " --set spec.trial.dataset.pooling=1"
        + " --set 'spec.trial.model.cnn={filters: [32, 32], dense: [96, 48]}'"
        + " --set spec.repetitions=1"
        + more;
  }

  private final Map<String, String> environment = new LinkedHashMap<>();

  @Test
  void shouldDoWhatTheReadmeSaysWhenItsCommandsAreRun() throws Exception {
    Path work = workplace();
    List<String> commands = new ArrayList<>(guides());
    commands.removeIf(command -> !isStudy(command));
    assertThat(commands).hasSize(2);
    commands.addAll(commands(Files.readString(HOME.resolve("README.md"))));
    assertThat(commands).contains("./rote up", "./rote down");
    assertThat(Stream.concat(commands.stream(), guides().stream())).containsAll(ELSEWHERE);
    Process up = null;
    try {
      for (String command : commands) {
        if (ELSEWHERE.contains(command) || SHORTENED.containsKey(command)) {
          continue;
        }
        if (command.equals("./rote down")) {
          new ResultsGuide(work, environment).follow();
        }
        if (command.equals("./rote up")) {
          up = shell(work, command, work.resolve("up.log")).start();
          awaitEndpoints(work);
        } else if (command.equals("eval \"$(./rote env)\"")) {
          run(work, "./rote env");
        } else if (command.startsWith("grpcurl")) {
          grpcurl(command);
        } else if (command.startsWith("kcat")) {
          event(work, command);
        } else {
          run(work, command);
        }
        if (command.startsWith("./rote run docs/first-study.yaml")) {
          assertThat(work.resolve("out/first-study/report.html")).isNotEmptyFile();
          assertThat(work.resolve("out/first-study/verdicts.json")).isNotEmptyFile();
        }
      }
      assertThat(work.resolve("out/own-residual/verdicts.json")).content().contains("\"holds\"");
      assertThat(work.resolve("out/noisy-strokes/verdicts.json")).content().contains("\"holds\"");
      assertThat(up).isNotNull();
      assertThat(up.waitFor(60, TimeUnit.SECONDS)).as("rote up ends after rote down").isTrue();
    } finally {
      if (up != null) {
        up.destroy();
      }
    }
  }

  /** A study of the guides: it is run before the commands of the README. */
  private static boolean isStudy(String command) {
    return command.equals("./rote run k8s/sweeps/networks/own-residual.yaml")
        || command.equals("./rote run k8s/sweeps/examples/noisy-strokes.yaml");
  }

  /** A network of the guides: it is trained for a step or two, on one stack with the others. */
  private static boolean isTraining(String command) {
    return command.startsWith("./rote run k8s/sweeps/networks/") && !isStudy(command);
  }

  @Test
  void shouldTrainNetworksOfScriptsWhenTheirCommandsAreRun() throws Exception {
    Optional<Path> datasets = SharedLaboratory.DATASETS;
    assumeTrue(
        datasets.isPresent(), "no real datasets in " + System.getProperty("rote.datasets", ""));
    String real = "--datasets " + datasets.get().toAbsolutePath().normalize();
    Path work = workplace();
    List<String> commands = guides().stream().filter(DocumentationIT::isTraining).toList();
    assertThat(commands).hasSize(5);
    Process up = shell(work, "./rote up " + real, work.resolve("up.log")).start();
    try {
      awaitEndpoints(work);
      for (String command : commands) {
        String name = command.replaceFirst(".*/networks/([\\w-]+)\\.yaml.*", "$1");
        String narrow = name.contains("cnn") ? "" : " --set spec.trial.model.resnet.width=8";
        String sized = SIZES.matcher(command.replace(DATASETS, real)).replaceAll("");
        run(work, sized + SHORTEST + narrow);
        assertThat(work.resolve("out/" + name + "/report.html")).isNotEmptyFile();
      }
      run(work, "./rote down");
      assertThat(up.waitFor(60, TimeUnit.SECONDS)).as("rote up ends after rote down").isTrue();
    } finally {
      up.destroy();
    }
  }

  @Test
  void shouldDoWhatTheGuidesSayWhenTheirCommandsAreRun() throws Exception {
    Path work = workplace();
    for (String command : guides()) {
      if (!SHORTENED.containsKey(command)
          && !ELSEWHERE.contains(command)
          && !isStudy(command)
          && !isTraining(command)
          && !ON_A_CLUSTER.matcher(command).matches()) {
        assertThat(command).as("needs no stack").matches("\\./rote (validate .*|plan)");
        run(work, command);
      }
    }
  }

  @Test
  void shouldMakeFiguresOfThePaperWhenTheCommandsOnRealDataAreRun() throws Exception {
    Optional<Path> datasets = SharedLaboratory.DATASETS;
    assumeTrue(
        datasets.isPresent(), "no real datasets in " + System.getProperty("rote.datasets", ""));
    Path work = workplace();
    String real = "--datasets " + datasets.get().toAbsolutePath().normalize();
    List<String> commands = new ArrayList<>(commands(Files.readString(HOME.resolve("README.md"))));
    commands.addAll(guides());
    commands.retainAll(SHORTENED.keySet());
    assertThat(commands).containsExactlyInAnyOrderElementsOf(SHORTENED.keySet());
    for (String command : commands) {
      run(work, Objects.requireNonNull(SHORTENED.get(command)).replace(DATASETS, real));
    }
    assertThat(work.resolve("out/paper/report.html"))
        .content()
        .contains("id=\"fig1-small.fig1\"", "id=\"fig2-small.fig2\"", "<svg ")
        .contains("What the paper says", "small, changed");
    assertThat(work.resolve("out/paper/fig1-small/verdicts.json")).isNotEmptyFile();
    run(work, "./rote paper gallery");
  }

  /** A directory from which commands see what a user sees. */
  static Path workplace() throws IOException {
    Path work =
        Files.createTempDirectory(
            Files.createDirectories(Path.of("target").toAbsolutePath()), "readme");
    for (String name : List.of("rote", "docs", "k8s", "compose", "proto")) {
      Files.createSymbolicLink(work.resolve(name), HOME.resolve(name));
    }
    return work;
  }

  private static List<String> guides() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path guide : markdown()) {
      if (guide.startsWith(HOME.resolve("docs"))
          && !guide.endsWith(ContainerGuideIT.GUIDE)
          && !guide.endsWith(ResultsGuide.GUIDE)
          && !guide.endsWith(OwnDataGuideIT.GUIDE)) {
        commands.addAll(commands(Files.readString(guide)));
      }
    }
    return commands;
  }

  private static List<Path> markdown() throws IOException {
    try (Stream<Path> top = Files.list(HOME);
        Stream<Path> docs = Files.walk(HOME.resolve("docs"))) {
      return Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  @Test
  void shouldLeadSomewhereWhenLinksAreFollowed() throws IOException {
    for (Path file : markdown()) {
      Matcher links = LINK.matcher(Files.readString(file));
      while (links.find()) {
        assertThat(file.resolveSibling(links.group(1))).as("link in " + file).exists();
      }
    }
  }

  /** The commands of all shell blocks, without comments. */
  static List<String> commands(String markdown) {
    List<String> commands = new ArrayList<>();
    Matcher blocks = SHELL.matcher(markdown);
    while (blocks.find()) {
      blocks
          .group(1)
          .lines()
          .map(line -> line.replaceFirst("\\s+#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .forEach(commands::add);
    }
    return commands;
  }

  private ProcessBuilder shell(Path work, String command, Path log) {
    ProcessBuilder process =
        new ProcessBuilder("bash", "-c", "exec " + command).directory(work.toFile());
    process.environment().putAll(environment);
    process.environment().remove("ROTE_SWEEPS");
    process.environment().remove("ROTE_TOKEN");
    return process.redirectErrorStream(true).redirectOutput(log.toFile());
  }

  private void run(Path work, String command) throws Exception {
    Path log = Files.createTempFile(work, "command", ".log");
    Process process = shell(work, command, log).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as(command + " ends").isTrue();
    assertThat(process.exitValue()).as(command + " printed " + Files.readString(log)).isZero();
    assertThat(log).as(command).isNotEmptyFile();
  }

  /** {@code rote up} prints the variables that the README uses. */
  private void awaitEndpoints(Path work) throws Exception {
    Pattern variable = Pattern.compile("\\b(ROTE_[A-Z]+)=(\\S+)");
    for (int i = 0;
        i < 600
            && !(environment.containsKey("ROTE_SWEEPS") && environment.containsKey("ROTE_KAFKA"));
        i++) {
      Matcher matcher = variable.matcher(Files.readString(work.resolve("up.log")));
      while (matcher.find()) {
        environment.put(matcher.group(1), matcher.group(2));
      }
      Thread.sleep(200);
    }
    assertThat(environment)
        .as(Files.readString(work.resolve("up.log")))
        .containsKeys("ROTE_SWEEPS", "ROTE_KAFKA")
        .doesNotContainKey("ROTE_TOKEN");
    Process env = shell(work, "./rote env", work.resolve("env.log")).start();
    assertThat(env.waitFor(1, TimeUnit.MINUTES)).isTrue();
    Matcher matcher = variable.matcher(Files.readString(work.resolve("env.log")));
    while (matcher.find()) {
      environment.put(matcher.group(1), matcher.group(2));
    }
  }

  private void grpcurl(String command) throws Exception {
    Matcher matcher = GRPCURL.matcher(command);
    assertThat(matcher.matches()).as(command).isTrue();
    String token = variable("ROTE_TOKEN");
    ManagedChannel channel = Channels.open(variable("ROTE_SWEEPS"), () -> Optional.of(token));
    try {
      ReflectionClient client = new ReflectionClient(channel);
      if (matcher.group("method").equals("list")) {
        assertThat(client.list()).contains("rote.v1.SweepsService", "grpc.health.v1.Health");
        assertThat(
                HealthGrpc.newBlockingStub(channel)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus())
            .isEqualTo(ServingStatus.SERVING);
      } else {
        assertThat(client.call(matcher.group("method"), matcher.group("json")))
            .contains("first-study");
      }
    } finally {
      channel.shutdownNow();
    }
  }

  /** What kcat does: the file is one record. */
  private void event(Path work, String command) throws Exception {
    Matcher matcher = EVENT.matcher(command);
    assertThat(matcher.matches()).as(command).isTrue();
    Properties properties = new Properties();
    properties.put("bootstrap.servers", variable("ROTE_KAFKA"));
    properties.putAll(sasl(matcher.group("settings")));
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
      String file = Files.readString(work.resolve(matcher.group("file")));
      producer.send(new ProducerRecord<>(matcher.group("topic"), file)).get();
    }
  }

  /* librdkafka has names for user and password of its own. */
  private Map<String, String> sasl(String settings) {
    Map<String, String> given = new LinkedHashMap<>();
    Matcher setting = SETTING.matcher(settings);
    while (setting.find()) {
      given.put(setting.group(1), setting.group(2).replace("$ROTE_TOKEN", variable("ROTE_TOKEN")));
    }
    given.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(given.remove("sasl.username"), given.remove("sasl.password")));
    return given;
  }

  private String variable(String name) {
    String value = environment.get(name);
    assertThat(value).as(name).isNotNull();
    return value;
  }

  @Test
  void shouldBeTheExampleOfTheReadmeWhenItsFileIsRead() throws IOException {
    String readme = Files.readString(HOME.resolve("README.md"));
    assertThat(readme)
        .contains("```yaml\n" + Files.readString(HOME.resolve("docs/first-study.yaml")) + "```");
  }

  @Test
  void shouldBeSoundWhenSweepsAreShipped() throws IOException {
    try (Stream<Path> files = Files.walk(HOME.resolve("k8s/sweeps"))) {
      List<Path> sweeps = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertThat(sweeps).hasSizeGreaterThanOrEqualTo(3);
      for (Path file : sweeps) {
        Sweep sweep = SweepFiles.parse(Files.readString(file), file.toString());
        SweepValidator.check(sweep);
        assertThat(file.getFileName().toString())
            .isEqualTo(sweep.getMetadata().getName() + ".yaml");
      }
    }
  }

  @Test
  void shouldNameEveryModuleWhenTheArchitectureIsRead() throws IOException {
    String architecture = Files.readString(HOME.resolve("ARCHITECTURE.md"));
    assertThat(Modules.all())
        .allSatisfy(module -> assertThat(architecture).contains("`" + module + "`"));
  }
}
