package dev.rote.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CounterRandomTest {

  @Test
  void bits_sameAddress_sameDraw() {
    CounterRandom a = CounterRandom.of(7, "label");
    CounterRandom b = CounterRandom.of(7, "label");
    assertThat(a.bits(3, 5)).isEqualTo(b.bits(3, 5));
    assertThat(a.bits(3, 5)).isNotEqualTo(a.bits(5, 3)).isNotEqualTo(a.bits(3, 4));
    assertThat(a.bits(3, 5)).isNotEqualTo(CounterRandom.of(8, "label").bits(3, 5));
    assertThat(a.bits(3, 5)).isNotEqualTo(CounterRandom.of(7, "input").bits(3, 5));
  }

  /** The draws are part of every variant's identity: these bits may never change. */
  @Test
  void bits_golden() {
    CounterRandom random = CounterRandom.of(1, "golden");
    assertThat(new long[] {random.bits(0, 0), random.bits(0, 1), random.bits(1, 0)})
        .isEqualTo(GOLDEN);
  }

  private static final long[] GOLDEN = {
    -4438034515695585861L, -2246935324964746061L, 691973373807727059L
  };

  @Test
  void uniform_manyDraws_momentsOfTheUniform() {
    CounterRandom random = CounterRandom.of(1, "moments");
    int n = 200_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      double u = random.uniform(i, 0);
      assertThat(u).isBetween(0.0, Math.nextDown(1.0));
      sum += u;
      squares += u * u;
    }
    /* Four standard errors: sqrt(1/12/n) and sqrt(4/45/n). */
    assertThat(sum / n).isCloseTo(0.5, within(4 * Math.sqrt(1.0 / 12 / n)));
    assertThat(squares / n).isCloseTo(1.0 / 3, within(4 * Math.sqrt(4.0 / 45 / n)));
  }

  @Test
  void gaussian_manyDraws_momentsOfTheGaussian() {
    CounterRandom random = CounterRandom.of(2, "moments");
    int n = 200_000;
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    for (int i = 0; i < n; i++) {
      double g = random.gaussian(i / 100, i % 100);
      sum += g;
      squares += g * g;
      fourth += g * g * g * g;
    }
    assertThat(sum / n).isCloseTo(0, within(4 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(1, within(4 * Math.sqrt(2.0 / n)));
    assertThat(fourth / n).isCloseTo(3, within(4 * Math.sqrt(96.0 / n)));
  }

  @Test
  void fillGaussian_equalsSingleDraws() {
    CounterRandom random = CounterRandom.of(3, "fill");
    float[] out = new float[9];
    random.fillGaussian(out, 1, 7, 11, 4, 2.0, 0.5);
    for (int i = 0; i < 7; i++) {
      assertThat(out[i + 1]).isEqualTo((float) (random.gaussian(11, 4 + i) * 2.0 + 0.5));
    }
    assertThat(out[0]).isZero();
    assertThat(out[8]).isZero();
  }

  @Test
  void fillBits_equalsHalvesOfSingleDraws() {
    CounterRandom random = CounterRandom.of(6, "words");
    int[] out = new int[11];
    random.fillBits(out, 10, 13);
    for (int i = 0; i < 10; i++) {
      assertThat(out[i]).isEqualTo((int) (random.bits(13, i / 2) >>> (32 * (i & 1))));
    }
    assertThat(out[10]).isZero();
  }

  /** Lengths around the 256 blocks that are made at a time, and addresses of both halves. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 4, 784, 1023, 1024, 1025, 2050})
  void fillBits_anyLength_equalsSingleDraws(int length) {
    CounterRandom random = CounterRandom.of(9, "blocks");
    int[] out = new int[length + 1];
    long major = 0x123456789ABCDEFL;
    random.fillBits(out, length, major);
    for (int i = 0; i < length; i++) {
      assertThat(out[i]).isEqualTo((int) (random.bits(major, i / 2) >>> (32 * (i & 1))));
    }
    assertThat(out[length]).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 1023, 1024, 1025, 5000})
  void fillUniform_anyLength_equalsSingleDraws(int length) {
    CounterRandom random = CounterRandom.of(8, "fill");
    float[] out = new float[length];
    random.fillUniform(out, 11, 0.3);
    for (int i = 0; i < length; i++) {
      assertThat(out[i]).isEqualTo((float) (0.3 * (2 * random.uniform(11, i) - 1)));
    }
  }

  @Test
  void below_manyDraws_everyValueEquallyOften() {
    CounterRandom random = CounterRandom.of(4, "below");
    int[] counts = new int[10];
    int n = 100_000;
    for (int i = 0; i < n; i++) {
      counts[(int) random.below(10, i, 0)]++;
    }
    double chiSquare =
        Arrays.stream(counts).mapToDouble(c -> (c - n / 10.0) * (c - n / 10.0) / (n / 10.0)).sum();
    /* 99.99 % quantile with 9 degrees of freedom. */
    assertThat(chiSquare).isLessThan(33.7);
    assertThatThrownBy(() -> random.below(0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 17, 64, 1000, 65_537})
  void apply_allIndices_isABijection(long size) {
    IndexPermutation permutation = IndexPermutation.of(5, "order", size);
    BitSet seen = new BitSet();
    for (long i = 0; i < size; i++) {
      long to = permutation.apply(i);
      assertThat(to).isBetween(0L, size - 1);
      seen.set((int) to);
    }
    assertThat(seen.cardinality()).isEqualTo((int) size);
  }

  /** Orders are part of every trial's identity: these may never change, asked for once or again. */
  @ParameterizedTest
  @CsvSource({
    "10, 9, 4, 5",
    "1000, 101, 210, 740",
    "60000, 58491, 34013, 47469",
    "1048576, 950780, 263793, 98393",
    "1048577, 782716, 556514, 188988",
    "1099511627776, 332320294034, 437486403547, 28353233567"
  })
  void apply_golden(long size, long first, long second, long last) {
    IndexPermutation permutation = IndexPermutation.of(5, "golden", size);
    for (int again = 0; again < 2; again++) {
      assertThat(
              new long[] {permutation.apply(0), permutation.apply(1), permutation.apply(size - 1)})
          .containsExactly(first, second, last);
    }
  }

  @Test
  void apply_indexOutside_isRefused() {
    IndexPermutation permutation = IndexPermutation.of(5, "order", 10);
    assertThatThrownBy(() -> permutation.apply(10)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> permutation.apply(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
