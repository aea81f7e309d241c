package dev.rote.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import dev.rote.v1.Cnn;
import dev.rote.v1.Mlp;
import dev.rote.v1.SweepRecord;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The structure that ARCHITECTURE.md describes, checked on the compiled classes of every module.
 */
class ArchitectureTest {
  /** Where gRPC, Kafka, object storage and Quarkus may be known: nowhere else in any module. */
  private static final String[] ADAPTERS = {
    // Folders of services, by their names: what they are called by, what they ask, how they are
    // wired.
    "dev.rote..grpc..",
    "dev.rote..kafka..",
    "dev.rote..queue..",
    "dev.rote..config..",
    // The live page, a client of the door of calls in HTML.
    "dev.rote.sweeps.page..",
    // Libraries that are adapters: of object storage, of the queue, of gRPC's statuses, of Quarkus.
    "dev.rote.artifacts..",
    "dev.rote.workqueue..",
    "dev.rote.grpcerrors..",
    "dev.rote.runtime..",
    // It carries what a cluster declares to the API of the sweeps service and back, and does
    // nothing else.
    "dev.rote.operator.reconcile..",
    // The command line's connections, the streams it follows, and statuses as exit codes.
    "dev.rote.cli",
    "dev.rote.cli.service..",
    "dev.rote.cli.progress..",
    "dev.rote.cli.adversarial..",
    // The broker and the store themselves, and clients of a whole stack.
    "dev.rote.embedded..",
    "dev.rote.testkit..",
    "dev.rote.benchmarks..",
    // Generated of the contracts.
    "dev.rote.v1..",
  };

  /** Writers of the fields that count cells of a sweep and their epochs. */
  private static final String SUM_WRITTEN =
      "(set|clear|add|addAll)(Total|Cursor|Running|Done|Failed|Cancelled|Reused|Diverged|Remaking"
          + "|Retry(Next|Until|Failed|Cancelled)|Epochs(Done|Total|Trained))";

  private static JavaClasses classes;

  @BeforeAll
  static void importAllModules() throws IOException {
    classes = new ClassFileImporter().importPaths(Modules.classes());
    assertThat(
            classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("dev.rote.sweeps")))
        .as("the modules must be compiled before this test")
        .isNotEmpty();
  }

  private static void check(ArchRule rule) {
    rule.check(classes);
  }

  @Test
  void modules_haveNoCycles() {
    check(slices().matching("dev.rote.(*)..").should().beFreeOfCycles());
  }

  @Test
  void nativeLibraries_stayBehindTheEngines() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.rote.networks..", "dev.rote.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.nd4j..", "org.deeplearning4j.."));
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.rote.networks..", "dev.rote.cuda..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bytedeco..", "dev.rote.cuda.."));
  }

  @Test
  void objectStorageClient_staysInArtifacts() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.rote.artifacts..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.minio..", "okhttp3.."));
  }

  @Test
  void transport_staysInAdapters() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(ADAPTERS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.grpc..",
                "org.apache.kafka..",
                "kafka..",
                "io.cloudevents..",
                "io.minio..",
                "okhttp3..",
                "io.quarkus..",
                "io.smallrye..",
                "jakarta..",
                "org.eclipse.microprofile.."));
  }

  @Test
  void kubernetes_staysInTheOperator() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("dev.rote.operator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.fabric8..", "io.javaoperatorsdk.."));
  }

  @Test
  void names_sayWhatAThingIs() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.rote..")
            .should()
            .haveNameMatching(".*(Util|Utils|Helper|Helpers|Impl|Manager|Common)"));
  }

  @Test
  void randomness_isCounterBased() {
    check(
        noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(Random|concurrent\\.ThreadLocalRandom)")
            .orShould()
            .callMethod(Math.class, "random"));
  }

  @Test
  void dependencies_areInjectedByConstructors() {
    check(fields().should().notBeAnnotatedWith("jakarta.inject.Inject"));
  }

  @Test
  void services_doNotPrint() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "dev.rote.cli..", "dev.rote.embedded..", "dev.rote.benchmarks..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err"));
  }

  @Test
  void sumsOfASweep_areWrittenByTheirTally() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.rote.sweeps..")
            .and()
            .doNotHaveSimpleName("Tally")
            .should()
            .callMethodWhere(
                describe(
                    "it writes a sum of a sweep's record",
                    call ->
                        call.getTargetOwner().isEquivalentTo(SweepRecord.Builder.class)
                            && call.getName().matches(SUM_WRITTEN))));
  }

  @Test
  void mlpAndCnn_areKnownToTheirLoweringsAlone() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "dev.rote.v1..", "dev.rote.agreement..", "dev.rote.benchmarks..")
            .and()
            .doNotHaveSimpleName("MlpLowering")
            .and()
            .doNotHaveSimpleName("CnnLowering")
            .should()
            .dependOnClassesThat(belongToAnyOf(Mlp.class, Cnn.class)));
  }
}
