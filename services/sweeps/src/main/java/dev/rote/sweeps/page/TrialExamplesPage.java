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

/** Pictures of examples by the scores of one trial: parts of its page. */
@Path("/sweeps/{sweep}/trials/{index:\\d+}/examples")
@Blocking
@Produces(MediaType.TEXT_HTML)
public class TrialExamplesPage {
  private final SweepsCalls calls;
  private final ExamplePictures pictures;

  TrialExamplesPage(SweepsCalls calls, ExamplePictures pictures) {
    this.calls = calls;
    this.pictures = pictures;
  }

  /** The choice. */
  @GET
  public TemplateInstance choice(
      @RestPath String sweep, @RestPath long index, @Context UriInfo uri) {
    Sweep found = calls.sweep(sweep);
    return PictureTemplates.chosen(
        choice(found, index, uri).form(found, Address.of(found, index).toString()));
  }

  /** The pictures. */
  @GET
  @Path("picture")
  public TemplateInstance pictures(
      @RestPath String sweep, @RestPath long index, @Context UriInfo uri) {
    Sweep found = calls.sweep(sweep);
    ExamplesChoice choice = choice(found, index, uri);
    return pictures.gallery(found, choice, OptionalLong.of(index), Address.of(found, index));
  }

  private ExamplesChoice choice(Sweep sweep, long index, UriInfo uri) {
    return ExamplePictures.choice(sweep, uri).ofTrial(calls.trial(sweep, index).getTrial());
  }
}
