package dev.rote.access;

import static dev.rote.access.AccessRefused.Reason.NAME_FOREIGN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Set;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private static final Ownership ADAS = new Ownership("ada", "vision", Set.of("eve"));

  private static Caller caller(String name, Role role, String group) {
    return new Caller(name, Set.of(role), group);
  }

  private static void may(Caller caller, boolean read, boolean steer) {
    assertThat(ADAS.mayRead(caller)).as("%s reads", caller).isEqualTo(read);
    assertThat(ADAS.maySteer(caller)).as("%s steers", caller).isEqualTo(steer);
  }

  @Test
  void sweep_ofAnOwner_isHersAndHerGroupsAndThatOfThoseWhoLookAfterAll() {
    may(caller("ada", Role.SUBMITTER, ""), true, true);
    may(caller("ada", Role.VIEWER, "other"), true, true);
    may(caller("bob", Role.SUBMITTER, "vision"), true, true);
    may(caller("root", Role.ADMIN, ""), true, true);
    may(caller("cluster", Role.OPERATOR, ""), true, true);
    may(caller("eve", Role.SUBMITTER, ""), true, false);
    may(caller("eve", Role.SUBMITTER, "audio"), true, false);
    may(caller("mallory", Role.SUBMITTER, "audio"), false, false);
    may(caller("mallory", Role.VIEWER, ""), false, false);
    may(caller(Caller.NOBODY, Role.SUBMITTER, ""), false, false);
    may(caller("vision", Role.SUBMITTER, ""), false, false);
  }

  @Test
  void sweep_ofNoGroup_isNotThatOfCallersOfNone() {
    Ownership alone = new Ownership("ada", "", Set.of());

    assertThat(alone.mayRead(caller("bob", Role.SUBMITTER, ""))).isFalse();
    assertThat(alone.maySteer(caller("bob", Role.SUBMITTER, ""))).isFalse();
  }

  @Test
  void sweep_fromBeforeThereWereOwners_isEverybodys() {
    Ownership before = new Ownership("", "", Set.of());

    assertThat(before.mayRead(caller("bob", Role.VIEWER, ""))).isTrue();
    assertThat(before.maySteer(caller("bob", Role.SUBMITTER, ""))).isTrue();
  }

  @Test
  void caller_inTheNameOfAnother_hasTheRightsOfThatOneAlone() {
    Caller cluster = new Caller("cluster", Set.of(Role.OPERATOR), "infra");

    assertThat(cluster.inTheNameOf("team-b"))
        .isEqualTo(new Caller("team-b", Set.of(Role.SUBMITTER), ""));
    assertThat(ADAS.mayRead(cluster.inTheNameOf("team-b"))).isFalse();
    assertThat(ADAS.maySteer(cluster.inTheNameOf("ada"))).isTrue();
    assertThat(cluster.inTheNameOf("cluster"))
        .isEqualTo(new Caller("cluster", Set.of(Role.SUBMITTER), ""));
    assertThat(caller("ada", Role.SUBMITTER, "vision").inTheNameOf("ada").group())
        .isEqualTo("vision");
  }

  @Test
  void caller_withoutTheRole_isRefusedAnothersName() {
    for (Role role : Set.of(Role.VIEWER, Role.SUBMITTER, Role.WORKER)) {
      assertThatExceptionOfType(AccessRefused.class)
          .as(role.word())
          .isThrownBy(() -> caller("bob", role, "vision").inTheNameOf("ada"))
          .satisfies(refused -> assertThat(refused.reason()).isEqualTo(NAME_FOREIGN))
          .withMessageContaining("in another's do operator, admin");
    }
    assertThatExceptionOfType(AccessRefused.class)
        .isThrownBy(() -> caller("root", Role.ADMIN, "").inTheNameOf("a|b"))
        .withMessageContaining("letters, digits");
  }
}
