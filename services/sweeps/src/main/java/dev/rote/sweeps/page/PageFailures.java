package dev.rote.sweeps.page;

import dev.rote.grpcerrors.ApiErrors;
import io.grpc.StatusRuntimeException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What went wrong, as a page. */
class PageFailures {
  private static final Logger log = LoggerFactory.getLogger(PageFailures.class);

  /** Id of the part of a page that has its buttons. */
  private static final String STEERING = "steering";

  /** Templates of pages that tell of failures. */
  @CheckedTemplate(basePath = "page")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance failure(String title, String words);

    static native TemplateInstance trouble(String words);
  }

  @ServerExceptionMapper
  Response refused(StatusRuntimeException failure, HttpHeaders headers) {
    return page(statusOf(failure), ApiErrors.describe(failure), headers);
  }

  /**
   * The HTTP status that says the same as a failed call; the log tells of those that should not be.
   */
  static int statusOf(StatusRuntimeException failure) {
    return switch (failure.getStatus().getCode()) {
      case NOT_FOUND -> 404;
      case INVALID_ARGUMENT, OUT_OF_RANGE -> 400;
      case FAILED_PRECONDITION, ALREADY_EXISTS, ABORTED -> 409;
      case UNAUTHENTICATED -> 401;
      case PERMISSION_DENIED -> 403;
      case RESOURCE_EXHAUSTED, UNAVAILABLE -> 503;
      case DEADLINE_EXCEEDED -> 504;
      default -> {
        log.error("a page could not be made", failure);
        yield 500;
      }
    };
  }

  @ServerExceptionMapper
  Response refused(PageException failure, HttpHeaders headers) {
    return page(failure.status(), failure.words(), headers);
  }

  /* Into a page that asks for a part of itself go the words alone, beside its buttons. */
  private static Response page(int status, String words, HttpHeaders headers) {
    String title = status == 404 ? "There is no such thing" : "That did not go well";
    boolean whole = headers.getHeaderString("HX-Request") == null;
    Response.ResponseBuilder page =
        Response.status(status)
            .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
            .entity(
                whole
                    ? Templates.failure(title, words).render()
                    : Templates.trouble(words).render());
    if (STEERING.equals(headers.getHeaderString("HX-Target"))) {
      page.header("HX-Retarget", "#trouble");
    }
    return page.build();
  }
}
