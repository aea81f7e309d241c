package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.v1.Sweep;
import dev.rote.v1.TrainTrialWork;
import dev.rote.v1.TrialSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericsTest {
  @ParameterizedTest
  @CsvSource({
    "nd4j-native 1.0.0-M2.1 avx512 onednn, avx512-onednn",
    "nd4j-native 1.0.0-M2.1 avx2 onednn, avx2-onednn",
    "nd4j-native 1.0.0-M2.1 generic, generic",
    "nd4j-cuda 1.0.0-M2.1, nd4j-cuda",
    "cuda 13.0 on NVIDIA H100 80GB HBM3 (9.0), cuda-13.0-sm90",
    "cuda 13.1 on Tesla T4 (7.5), cuda-13.1-sm75",
    "reference float64 loops, reference",
    "'', unnamed",
    "of this test, of"
  })
  void backendOfBefore_namesAFamily(String backend, String family) {
    assertThat(Numerics.ofBackend(backend)).isEqualTo(new Numerics(family));
    assertThat(Numerics.of("", backend)).isEqualTo(new Numerics(family));
    assertThat(Numerics.of("cuda-13.0-sm90", backend)).isEqualTo(new Numerics("cuda-13.0-sm90"));
  }

  @ParameterizedTest
  @CsvSource({
    "avx512-onednn-openblas-zen, avx512-onednn-openblas-zen, true",
    "avx512-onednn-openblas-zen, avx512-onednn, true",
    "avx512-onednn-openblas-zen, avx512-onednn-openblas-skylakex, false",
    "avx512-onednn-openblas-zen, avx2-onednn, false",
    "avx512-onednn-openblas-zen, avx51, false",
    "avx512-onednn, avx512-onednn-openblas-zen, false",
    "cuda-13.0-sm90, cuda-13.0-sm80, false",
    "reference, '', false"
  })
  void counts_whatNamesTheFamilyAsFarAsItIsNamed(String family, String stored, boolean counts) {
    assertThat(new Numerics(family).counts(new Numerics(stored))).isEqualTo(counts);
  }

  @ParameterizedTest
  @ValueSource(strings = {"any", "AVX", "a b", "-a", "a-", "a/b", "ä"})
  void name_thatIsNone_isRefused(String name) {
    assertThatThrownBy(() -> new Numerics(name)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void idWithin_isAnotherForEachFamily_andFollowsFromTrialAndFamily() {
    TrialId trial = new TrialId("0123456789abcdef0123456789abcdef");
    // printf 'trial within reference\n0123456789abcdef0123456789abcdef' | sha256sum | head -c 32
    assertThat(Ids.trialIdWithin(trial, "reference").value())
        .isEqualTo("d7302d93fce74cfc8e61f617be1df71b");
    assertThat(Ids.trialIdWithin(trial, "cuda-13.0-sm90"))
        .isNotEqualTo(Ids.trialIdWithin(trial, "reference"));
  }

  @Test
  void offered_underTheIdWithinItsFamily_isThatTrial_andUnderNoOther() {
    TrialSpec.Builder spec = TrialSpec.newBuilder();
    spec.getDatasetBuilder().setName("strokes").setTrainSize(20).setValidationSize(10);
    spec.getModelBuilder().getMlpBuilder().addHidden(4);
    AdmittedTrial own = AdmittedTrial.admit(spec.build());
    String within = Ids.trialIdWithin(own.id(), "reference").value();
    TrainTrialWork.Builder work =
        TrainTrialWork.newBuilder()
            .setTrialId(within)
            .setTrial(own.spec())
            .setVariantId(own.variant().id().value())
            .setNumerics("reference");
    AdmittedTrial offered = AdmittedTrial.offered(work.build(), Versions.CURRENT);
    assertThat(offered.id().value()).isEqualTo(within);
    assertThat(offered.spec()).isEqualTo(own.spec());
    assertThatThrownBy(
            () -> AdmittedTrial.offered(work.setNumerics("other").build(), Versions.CURRENT))
        .isInstanceOf(UnlikeOfferException.class);
  }

  private static Sweep.Builder sweep() {
    Sweep.Builder sweep =
        SweepFiles.parse(
            """
            apiVersion: rote.dev/v1
            kind: Sweep
            metadata: {name: s}
            spec:
              trial:
                dataset: {name: strokes, trainSize: 20, validationSize: 10}
                model: {mlp: {hidden: [4]}}
            """,
            "s.yaml")
            .toBuilder();
    return sweep;
  }

  @Test
  void sweep_thatNamesAFamily_isAnother_andOneThatNamesNoneIsWhatItWas() {
    Sweep.Builder named = sweep();
    named.getSpecBuilder().setNumerics("reference");
    Sweep.Builder empty = sweep();
    empty.getSpecBuilder().setNumerics("");
    assertThat(Ids.sweepId(named.build())).isNotEqualTo(Ids.sweepId(sweep().build()));
    assertThat(Ids.sweepId(empty.build())).isEqualTo(Ids.sweepId(sweep().build()));
  }

  @Test
  void sweep_thatNamesWhatCannotBe_isRefusedWithTheField() {
    Sweep.Builder sweep = sweep();
    sweep.getSpecBuilder().setNumerics("my card");
    assertThatThrownBy(() -> SweepValidator.check(sweep.build()))
        .isInstanceOf(SpecException.class)
        .hasMessageContaining("numerics")
        .hasMessageContaining("was \"my card\"");
    sweep.getSpecBuilder().setNumerics("any");
    SweepValidator.check(sweep.build());
  }
}
