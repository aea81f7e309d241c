package dev.rote.figures.drawing;

/** Shapes that tell lines apart without colour. */
enum Marker {
  CIRCLE(new double[0], new double[0]),
  SQUARE(new double[] {-0.9, 0.9, 0.9, -0.9}, new double[] {-0.9, -0.9, 0.9, 0.9}),
  TRIANGLE(new double[] {0, 1.15, -1.15}, new double[] {-1.2, 0.8, 0.8}),
  DIAMOND(new double[] {0, 1.25, 0, -1.25}, new double[] {-1.25, 0, 1.25, 0}),
  DOWNWARDS(new double[] {0, 1.15, -1.15}, new double[] {1.2, -0.8, -0.8}),
  BAR(new double[] {-1.3, 1.3, 1.3, -1.3}, new double[] {-0.5, -0.5, 0.5, 0.5});

  private static final double HOLLOW_SHARE = 0.55;
  private static final String PAPER = "#ffffff";
  private static final double ARROW_FROM = 1.2;
  private static final double ARROW_TO = 3.2;
  private static final double ARROW_HEAD = 0.9;
  private static final double CROSS = 1.3;

  /* Corners in units of the radius; never written after construction. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final double[] x;

  @SuppressWarnings("ImmutableEnumChecker")
  private final double[] y;

  Marker(double[] x, double[] y) {
    this.x = x;
    this.y = y;
  }

  /** Draws the shape around a point; hollow ones show the paper inside. */
  void draw(Canvas canvas, double atX, double atY, double radius, String colour, boolean hollow) {
    fill(canvas, atX, atY, radius * 1.3, PAPER);
    fill(canvas, atX, atY, radius, colour);
    if (hollow) {
      fill(canvas, atX, atY, radius * HOLLOW_SHARE, PAPER);
    }
  }

  /** Draws the shape of a point that is a lower bound: open, with an arrow upwards. */
  void drawCensored(Canvas canvas, double atX, double atY, double radius, String colour) {
    double tip = atY - ARROW_TO * radius;
    double head = tip + ARROW_HEAD * radius;
    Stroke thin = Stroke.solid(colour, 0.9);
    canvas.line(new double[] {atX, atX}, new double[] {atY - ARROW_FROM * radius, tip}, thin);
    canvas.line(
        new double[] {atX - ARROW_HEAD * radius, atX, atX + ARROW_HEAD * radius},
        new double[] {head, tip, head},
        thin);
    draw(canvas, atX, atY, radius, colour, true);
  }

  /** Draws the cross of a point where repetitions have diverged. */
  static void drawDiverged(Canvas canvas, double atX, double atY, double radius, String colour) {
    double arm = CROSS * radius;
    Stroke paper = Stroke.solid(PAPER, 2.6);
    Stroke ink = Stroke.solid(colour, 1.3);
    for (Stroke stroke : new Stroke[] {paper, ink}) {
      canvas.line(new double[] {atX - arm, atX + arm}, new double[] {atY - arm, atY + arm}, stroke);
      canvas.line(new double[] {atX - arm, atX + arm}, new double[] {atY + arm, atY - arm}, stroke);
    }
  }

  private void fill(Canvas canvas, double atX, double atY, double radius, String colour) {
    if (x.length == 0) {
      canvas.disc(atX, atY, radius, colour);
      return;
    }
    double[] px = new double[x.length];
    double[] py = new double[y.length];
    for (int i = 0; i < px.length; i++) {
      px[i] = atX + radius * x[i];
      py[i] = atY + radius * y[i];
    }
    canvas.area(px, py, colour, 1);
  }
}
