package dev.rote.sweeps.page;

import dev.rote.grpcerrors.ApiErrors;
import dev.rote.spec.SpecException;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.Violation;
import dev.rote.v1.SubmitSweepRequest;
import dev.rote.v1.SubmitSweepResponse;
import dev.rote.v1.Sweep;
import io.grpc.StatusRuntimeException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Takes in a sweep, as a file or as text: what is wrong is told at its line. */
@Path("/submit")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class SubmitPage {
  private static final String SOURCE = "sweep";
  private static final String EXAMPLE = "/page/example.yaml";

  private final SweepsCalls calls;
  private final FormToken token;

  SubmitPage(SweepsCalls calls, FormToken token) {
    this.calls = calls;
    this.token = token;
  }

  /** Templates of the form. */
  @CheckedTemplate(basePath = "page")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance submit(SubmitView view);
  }

  /**
   * The form.
   *
   * @param example whether there is one in it to begin with
   */
  @GET
  public TemplateInstance form(@RestQuery boolean example) {
    return Templates.submit(SubmitView.unsent(example ? example() : ""));
  }

  private static String example() {
    try (InputStream file = SubmitPage.class.getResourceAsStream(EXAMPLE)) {
      return new String(
          Objects.requireNonNull(file, EXAMPLE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the example of a sweep could not be read", e);
    }
  }

  /** Checks or submits what was sent. */
  @POST
  @Consumes(MediaType.MULTIPART_FORM_DATA)
  public Response submit(
      @RestForm("token") Optional<String> sent,
      @RestForm Optional<String> text,
      @RestForm Optional<String> action,
      @RestForm @Nullable FileUpload file) {
    token.require(sent);
    String written = file == null || file.size() == 0 ? text.orElse("") : read(file);
    boolean starts = action.orElse("").equals("submit");
    Sweep sweep;
    SubmitSweepResponse answer;
    try {
      sweep = SweepFiles.parseValid(written, SOURCE, List.of());
      answer =
          calls
              .patient()
              .submitSweep(
                  SubmitSweepRequest.newBuilder().setSweep(sweep).setDryRun(!starts).build());
    } catch (SpecException e) {
      return page(400, SubmitView.refused(written, e.violations()));
    } catch (StatusRuntimeException e) {
      return page(PageFailures.statusOf(e), refused(written, e));
    }
    if (starts) {
      String id = answer.getSweep().getStatus().getSweepId();
      return Response.seeOther(URI.create(Address.ofSweep(id, "").toString())).build();
    }
    return page(200, SubmitView.valid(written, answer));
  }

  /* Whatever it was refused for, what was written stays. */
  private static SubmitView refused(String written, StatusRuntimeException failure) {
    List<Violation> found = ApiErrors.violations(failure);
    return found.isEmpty()
        ? SubmitView.refused(written, ApiErrors.describe(failure))
        : SubmitView.refused(written, SweepFiles.placed(written, SOURCE, found));
  }

  private static String read(FileUpload file) {
    try {
      return Files.readString(file.uploadedFile(), StandardCharsets.UTF_8);
    } catch (MalformedInputException e) {
      throw new PageException(400, "The file must be text in UTF-8, YAML or JSON.");
    } catch (IOException e) {
      throw new UncheckedIOException("an uploaded file could not be read", e);
    }
  }

  private static Response page(int status, SubmitView view) {
    return Response.status(status).entity(Templates.submit(view).render()).build();
  }
}
