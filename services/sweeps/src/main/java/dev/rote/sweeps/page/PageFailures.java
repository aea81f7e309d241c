package dev.rote.sweeps.page;

import dev.rote.grpcerrors.ApiErrors;
import io.grpc.StatusRuntimeException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What went wrong, as a page. */
class PageFailures {

  /** Templates of pages that tell of failures. */
  @CheckedTemplate(basePath = "page")
  static final class Templates {
    private Templates() {}

    static native TemplateInstance failure(String title, String words);
  }

  @ServerExceptionMapper
  Response refused(StatusRuntimeException failure) {
    int status =
        switch (failure.getStatus().getCode()) {
          case NOT_FOUND -> 404;
          case INVALID_ARGUMENT, OUT_OF_RANGE -> 400;
          case FAILED_PRECONDITION, ALREADY_EXISTS, ABORTED -> 409;
          case UNAUTHENTICATED -> 401;
          case PERMISSION_DENIED -> 403;
          case RESOURCE_EXHAUSTED, UNAVAILABLE -> 503;
          case DEADLINE_EXCEEDED -> 504;
          default -> 500;
        };
    return page(status, ApiErrors.describe(failure));
  }

  @ServerExceptionMapper
  Response refused(PageException failure) {
    return page(failure.status(), failure.words());
  }

  private static Response page(int status, String words) {
    String title = status == 404 ? "There is no such thing" : "That did not go well";
    return Response.status(status)
        .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
        .entity(Templates.failure(title, words).render())
        .build();
  }
}
