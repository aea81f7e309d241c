package dev.rote.sweeps.page;

import dev.rote.figures.drawing.FigureImages;
import dev.rote.v1.Figure;
import jakarta.ws.rs.core.Response;

/** Figures as pictures. */
final class Svg {
  static final String TYPE = "image/svg+xml";

  /* A picture holds pictures of its own, and says how they are to be scaled. */
  private static final String POLICY =
      "default-src 'none'; img-src data:; style-src 'unsafe-inline'";

  private Svg() {}

  static Response of(Figure figure) {
    return Response.ok(new FigureImages().svg(figure), TYPE)
        .header("Content-Security-Policy", POLICY)
        .build();
  }
}
