package dev.rote.sweeps.page;

import dev.rote.v1.Sweep;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.OptionalLong;
import org.jboss.resteasy.reactive.RestPath;

/** Pictures of examples by a score, mean over the repetitions of a sweep: parts of its page. */
@Path("/sweeps/{sweep}/examples")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class ExamplesPage {
  private final SweepsCalls calls;
  private final ExamplePictures pictures;

  ExamplesPage(SweepsCalls calls, ExamplePictures pictures) {
    this.calls = calls;
    this.pictures = pictures;
  }

  /** The choice. */
  @GET
  public TemplateInstance choice(@RestPath String sweep, @Context UriInfo uri) {
    Sweep found = calls.sweep(sweep);
    return PictureTemplates.chosen(
        ExamplePictures.choice(found, uri).form(found, Address.of(found).toString()));
  }

  /** The pictures. */
  @GET
  @Path("picture")
  public TemplateInstance pictures(@RestPath String sweep, @Context UriInfo uri) {
    Sweep found = calls.sweep(sweep);
    ExamplesChoice choice = ExamplePictures.choice(found, uri);
    return pictures.gallery(found, choice, OptionalLong.empty(), Address.of(found));
  }
}
