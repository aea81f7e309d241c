package dev.rote.networks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaCardTest {
  @ParameterizedTest
  @CsvSource({
    "3,5,false", "3,7,true", "5,0,true", "5,2,true", "5,3,true", "6,0,true", "6,1,true",
    "6,2,true", "7,0,true", "7,2,true", "7,5,true", "8,0,true", "8,6,true", "8,7,true",
    "8,9,true", "9,0,false", "10,0,false", "12,0,false"
  })
  void runs_sameMajorAndNoLowerMinor(int major, int minor, boolean runs) {
    assertThat(new CudaCard("card", major, minor).runs()).isEqualTo(runs);
  }

  @Test
  void check_cardTooNew_namesItAndWhatToDo() {
    CudaCard ada = new CudaCard("NVIDIA L4", 8, 9);
    CudaCard.check(List.of(ada));
    assertThatIllegalStateException()
        .isThrownBy(() -> CudaCard.check(List.of(ada, new CudaCard("NVIDIA H100 80GB HBM3", 9, 0))))
        .withMessageContaining("NVIDIA H100 80GB HBM3 of compute capability 9.0")
        .withMessageContaining("8.9 (Ada)")
        .withMessageContaining("without -Drote.cuda=11");
  }

  @Test
  void check_noCard_saysWhatToDo() {
    assertThatIllegalStateException()
        .isThrownBy(() -> CudaCard.check(List.of()))
        .withMessageContaining("no card answers")
        .withMessageContaining("without -Drote.cuda=11");
  }
}
