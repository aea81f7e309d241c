package dev.rote.sweeps.page;

import dev.rote.v1.CancelSweepRequest;
import dev.rote.v1.PauseSweepRequest;
import dev.rote.v1.ResumeSweepRequest;
import dev.rote.v1.RetryFailedRequest;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepsServiceGrpc.SweepsServiceBlockingStub;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** What can be done to a sweep. Each answer leads back to its page. */
@Path("/sweeps/{sweep}/steering")
@Blocking
public class SteeringPage {
  private final SweepsCalls calls;
  private final FormToken token;

  SteeringPage(SweepsCalls calls, FormToken token) {
    this.calls = calls;
    this.token = token;
  }

  /** Holds, continues or ends a sweep, or starts its failed trials again. */
  @POST
  public Response steer(
      @RestPath String sweep,
      @RestForm("token") Optional<String> sent,
      @RestForm Optional<String> action,
      @RestHeader("HX-Request") @Nullable String part) {
    token.require(sent);
    SweepsServiceBlockingStub sweeps = calls.now();
    switch (action.orElse("")) {
      case "pause" -> sweeps.pauseSweep(PauseSweepRequest.newBuilder().setSweep(sweep).build());
      case "resume" -> sweeps.resumeSweep(ResumeSweepRequest.newBuilder().setSweep(sweep).build());
      case "cancel" -> sweeps.cancelSweep(CancelSweepRequest.newBuilder().setSweep(sweep).build());
      case "retry" -> sweeps.retryFailed(RetryFailedRequest.newBuilder().setSweep(sweep).build());
      default -> throw new PageException(400, "The action must be pause, resume, cancel or retry.");
    }
    return back(sweep, part);
  }

  /**
   * Changes how many trials run at once, by submitting the sweep once more with that alone changed.
   */
  @POST
  @Path("parallelism")
  public Response parallelism(
      @RestPath String sweep,
      @RestForm("token") Optional<String> sent,
      @RestForm Optional<String> trials,
      @RestHeader("HX-Request") @Nullable String part) {
    token.require(sent);
    Sweep found = calls.sweep(sweep);
    Sweep.Builder changed = found.toBuilder().clearStatus();
    changed
        .getSpecBuilder()
        .setParallelism(number(trials.orElse("")))
        .clearSuspend()
        .setRetryFailed(found.getStatus().getRetries());
    calls.now().submitSweep(SubmitSweepRequest.newBuilder().setSweep(changed).build());
    return back(sweep, part);
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw new PageException(
          400, "Trials at a time must be a whole number from 1 to 10000, such as 16.");
    }
  }

  /* A page that asked by itself gets its buttons anew; else the whole page is loaded. */
  private Response back(String sweep, @Nullable String part) {
    if (part != null) {
      String buttons = SweepPage.Templates.controls(SweepView.of(calls.sweep(sweep))).render();
      return Response.ok(buttons, MediaType.TEXT_HTML_TYPE.withCharset("utf-8")).build();
    }
    return Response.seeOther(URI.create(Address.ofSweep(sweep, "").toString())).build();
  }
}
