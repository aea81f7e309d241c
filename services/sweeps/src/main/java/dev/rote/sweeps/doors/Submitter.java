package dev.rote.sweeps.doors;

import dev.rote.access.Caller;
import dev.rote.access.Role;
import dev.rote.grpcerrors.ApiException;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSubmitted;
import java.util.Set;

/**
 * Who submits a sweep, whose it is then.
 *
 * @param caller who does
 * @param steersAll whether they may change sweeps of others, too
 */
public record Submitter(Caller caller, boolean steersAll) {
  /** Annotation that names the group that shares a sweep. */
  public static final String GROUP = "rote.dev/group";

  private static final Set<Role> STEERING = Set.of(Role.SUBMITTER);

  /** Whoever calls. */
  public static Submitter of(Caller caller) {
    return new Submitter(caller, caller.ofAll());
  }

  /** One that shows no key of its own, under a name that a setting has. */
  public static Submitter named(String name) {
    return new Submitter(new Caller(name, STEERING, ""), false);
  }

  /** The event that says so. */
  SweepSubmitted sign(SweepSubmitted admitted) {
    return admitted.toBuilder()
        .setOwner(caller.name())
        .setGroup(group(admitted.getSweep()))
        .setMemberOf(caller.group())
        .setSteersAll(steersAll)
        .build();
  }

  private String group(Sweep sweep) {
    String written = sweep.getMetadata().getAnnotationsMap().get(GROUP);
    if (written == null) {
      return caller.group();
    }
    if (!written.isEmpty() && !Caller.isName(written)) {
      throw ApiException.invalid(
          "metadata.annotations[" + GROUP + "]",
          "must be the name of a group, %s, or empty for none".formatted(Caller.nameRule()));
    }
    return written;
  }
}
