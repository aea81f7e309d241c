package dev.rote.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The structure that ARCHITECTURE.md describes, checked on the compiled classes of every module.
 */
class ArchitectureTest {
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
  void kafka_staysInQueueWorkflowAndBroker() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "dev.rote.workqueue..",
                "dev.rote.sweeps..",
                "dev.rote.embedded..",
                "dev.rote.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "kafka.."));
  }

  @Test
  void quarkus_staysInServices() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "dev.rote.corruption..",
                "dev.rote.trainer..",
                "dev.rote.metrics..",
                "dev.rote.operator..",
                "dev.rote.runtime..",
                "dev.rote.sweeps..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "jakarta..", "io.smallrye.."));
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
  void numericCode_knowsNoTransport() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.rote.blueprint..",
                "dev.rote.networks..",
                "dev.rote.figures..",
                "dev.rote.random..",
                "dev.rote.spec..",
                "dev.rote.critical..",
                "dev.rote.sgd..",
                "dev.rote.corruption.inputs..",
                "dev.rote.corruption.labels..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "io.grpc..", "org.apache.kafka..", "io.quarkus..", "jakarta..")));
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
}
