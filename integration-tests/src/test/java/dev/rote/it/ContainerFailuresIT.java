package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus.Phase;
import dev.rote.v1.TrialCounts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever befalls containers in the middle of a sweep, it finds what processes find that nobody
 * disturbs.
 */
@OnContainers
class ContainerFailuresIT {
  private static Laboratory undisturbed;
  private static Laboratory disturbed;
  private static ContainerSite site;

  @BeforeAll
  static void open() throws Exception {
    undisturbed = SharedLaboratory.open("beside-containers");
    site = ContainerSite.open(SharedLaboratory.datasets(), 2);
    disturbed = new Laboratory(site);
  }

  @AfterAll
  static void close() {
    undisturbed.close();
    disturbed.close();
  }

  /** What happens while trials are trained, and what must happen after the sweep. */
  enum Disturbance {
    TRAINER_CUT_OFF {
      @Override
      Runnable happen() {
        return site.partition(Part.TRAINER);
      }
    },
    OBJECT_STORE_FROZEN {
      @Override
      Runnable happen() throws Exception {
        site.freeze(Part.OBJECT_STORE, Duration.ofSeconds(20));
        return () -> {};
      }
    },
    BROKER_RESTARTED {
      @Override
      Runnable happen() throws Exception {
        site.restart(Part.BROKER);
        return () -> {};
      }
    },
    BROKER_UNKNOWN {
      @Override
      Runnable happen() throws Exception {
        site.unknown(Part.BROKER, List.of(Part.SWEEPS, Part.TRAINER));
        return () -> {};
      }
    },
    TRAINER_KILLED {
      @Override
      Runnable happen() throws Exception {
        site.kill(Part.TRAINER);
        site.restart(Part.TRAINER);
        return () -> {};
      }
    },
    ALL_RESTARTED {
      @Override
      Runnable happen() throws Exception {
        for (Part part : Part.values()) {
          site.restart(part);
        }
        return () -> {};
      }
    },
    SWEEPS_ROLLED {
      @Override
      Runnable happen() throws Exception {
        site.roll(Part.SWEEPS);
        return () -> {};
      }
    };

    abstract Runnable happen() throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void shouldFindTheSameWhenContainersAreDisturbed(Disturbance disturbance) throws Exception {
    String text = sweep(disturbance);
    Sweep expected = undisturbed.run(text);
    String id = disturbed.submit(text).getSweep().getStatus().getSweepId();
    disturbed.await(id, status -> status.getProgress().getEpochsDone() >= 10);
    Runnable repair = disturbance.happen();
    Sweep found = disturbed.awaitEnd(id);
    repair.run();

    assertThat(found.getStatus().getPhase()).isEqualTo(Phase.COMPLETED);
    assertThat(found.getStatus().getCounts().toBuilder().clearReused().build())
        .isEqualTo(TrialCounts.newBuilder().setTotal(4).setDone(4).build());
    assertThat(disturbed.findings(found)).isEqualTo(undisturbed.findings(expected));
    for (String file : List.of("tables/accuracy.csv", "verdicts.json")) {
      assertThat(disturbed.reportFile(id, file)).isEqualTo(undisturbed.reportFile(id, file));
    }
  }

  /** Long enough to be hit in the middle; a seed of its own, so that nothing is reused. */
  private static String sweep(Disturbance disturbance) {
    return TinySweep.longer(
        "container-" + disturbance.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        2000 + 10L * List.of(Disturbance.values()).indexOf(disturbance));
  }
}
