package dev.rote.workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CapacityTest {
  private static final int SLOTS = 2;

  /** Room after pieces that took so long, with all slots busy. */
  private static int roomBeside(Duration... pieces) throws InterruptedException {
    Capacity capacity = new Capacity(SLOTS);
    for (Duration piece : pieces) {
      capacity.taken();
      capacity.ended(piece.toNanos());
    }
    capacity.taken();
    capacity.taken();
    return capacity.await(Duration.ZERO);
  }

  @Test
  void await_nothingKnownYet_asMuchAsSlots() throws InterruptedException {
    assertThat(new Capacity(SLOTS).await(Duration.ZERO)).isEqualTo(SLOTS);
    assertThat(roomBeside()).isZero();
  }

  @Test
  void await_workOfHalfASecond_onePieceForEachSlotAhead() throws InterruptedException {
    assertThat(roomBeside(Duration.ofMillis(500))).isEqualTo(SLOTS);
  }

  @Test
  void await_workOfMilliseconds_asMuchAheadAsAFifthOfASecondTakes() throws InterruptedException {
    assertThat(roomBeside(Duration.ofMillis(20))).isEqualTo(20);
    assertThat(roomBeside(Duration.ofNanos(1000))).isEqualTo(64);
  }

  @Test
  void await_longWork_nothingAhead() throws InterruptedException {
    assertThat(roomBeside(Duration.ofSeconds(5))).isZero();
    assertThat(roomBeside(Duration.ofMillis(20), Duration.ofMinutes(1))).isZero();
  }

  @Test
  void await_workGivenBack_roomAgain() throws InterruptedException {
    Capacity capacity = new Capacity(1);
    capacity.taken();
    assertThat(capacity.await(Duration.ZERO)).isZero();
    capacity.givenBack();
    assertThat(capacity.await(Duration.ZERO)).isEqualTo(1);
  }
}
