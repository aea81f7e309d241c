package dev.rote.corruption.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rote.random.IndexPermutation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexSetTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01, 0.5, 1})
  void get_eachPlace_theMembersInOrder(double share) {
    Random random = new Random(3);
    for (int n : new int[] {1, 63, 64, 65, 1000}) {
      List<Long> members = new ArrayList<>();
      for (long i = 0; i < n; i++) {
        if (random.nextDouble() < share) {
          members.add(i);
        }
      }
      IndexSet set = IndexSet.of(n, members::contains);
      assertThat(set.size()).isEqualTo(members.size());
      for (int place = 0; place < members.size(); place++) {
        assertThat(set.get(place)).isEqualTo(members.get(place));
      }
      for (long i = 0; i < n; i++) {
        assertThat(set.contains(i)).isEqualTo(members.contains(i));
      }
      assertThatThrownBy(() -> set.get(members.size()))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  @Test
  void collect_anyOrder_theSame() {
    IndexSet set =
        IndexSet.collect(
            200,
            adds -> {
              adds.accept(130);
              adds.accept(3);
              adds.accept(64);
            });
    assertThat(List.of(set.get(0), set.get(1), set.get(2))).containsExactly(3L, 64L, 130L);
  }

  /** Three kinds by the index modulo 4, and one that is never chosen. */
  @Test
  void choose_quotas_exactAndNested() {
    IndexPermutation order = IndexPermutation.of(1, "quota", 1000);
    IndexSet few = Quotas.choose(order, 1000, i -> (int) (i % 4) - 1, new long[] {10, 0, 250});
    IndexSet more = Quotas.choose(order, 1000, i -> (int) (i % 4) - 1, new long[] {30, 5, 900});
    int[] counts = new int[4];
    for (long i = 0; i < 1000; i++) {
      if (few.contains(i)) {
        counts[(int) (i % 4)]++;
        assertThat(more.contains(i)).isTrue();
      }
    }
    assertThat(counts).containsExactly(0, 10, 0, 250);
    assertThat(more.size()).isEqualTo(30 + 5 + 250);
    assertThat(Quotas.counts(1000, i -> (int) (i % 4) - 1, 3)).containsExactly(250, 250, 250);
  }
}
