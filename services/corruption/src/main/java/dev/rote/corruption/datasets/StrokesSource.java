package dev.rote.corruption.datasets;

import dev.rote.corruption.datasets.StrokeFont.Arc;
import dev.rote.corruption.datasets.StrokeFont.Line;
import dev.rote.corruption.datasets.StrokeFont.Point;
import dev.rote.corruption.datasets.StrokeFont.Stroke;
import dev.rote.random.CounterRandom;

/**
 * The dataset <em>strokes</em>: digits of 28 x 28 drawn by this code. Example {@code i} is a pure
 * function of (seed, stream, i): its class uniform over ten; jittered control points; a random
 * rotation, shear, scale and translation; a random pen width and ink; at times a stray line; and
 * noise on all pixels.
 */
final class StrokesSource implements ExampleSource {
  static final int CLASSES = 10;
  static final int SIDE = 28;

  private static final double JITTER = 0.045;
  private static final double ROTATION = Math.toRadians(24);
  private static final double SHEAR = 0.30;
  private static final double SMALLEST = 13.5;
  private static final double LARGEST = 23.0;
  private static final double SHIFT = 3.2;
  private static final double THINNEST = 0.55;
  private static final double THICKEST = 1.65;
  private static final double FAINTEST = 0.55;
  private static final double STRAY = 0.35;
  private static final double LOUDEST_NOISE = 0.14;
  private static final double ARC_STEP_DEGREES = 24;

  private final CounterRandom random;
  private final long size;

  /**
   * @param stream keeps training and test drawings apart
   */
  StrokesSource(long seed, String stream, long size) {
    this.random = CounterRandom.of(seed, "strokes/" + stream);
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int classes() {
    return CLASSES;
  }

  @Override
  public ImageShape shape() {
    return new ImageShape(1, SIDE, SIDE);
  }

  @Override
  public int label(long index) {
    return (int) random.below(CLASSES, index, 0);
  }

  @Override
  public void read(long index, byte[] levels) {
    Draws draws = new Draws(random, index);
    Canvas canvas = new Canvas(SIDE, SIDE);
    Pen pen = new Pen(draws, canvas);
    for (Stroke stroke : StrokeFont.digit(label(index))) {
      pen.draw(stroke);
    }
    if (draws.between(0, 1) < STRAY) {
      pen.stray();
    }
    canvas.develop(levels, draws.between(FAINTEST, 1), draws.between(0, LOUDEST_NOISE), draws);
  }

  @Override
  public void close() {
    /* Nothing is open. */
  }

  /** The draws of one example in turn; the first is its class. */
  private static final class Draws implements Canvas.Noise {
    private final CounterRandom random;
    private final long example;
    private long position = 1;

    Draws(CounterRandom random, long example) {
      this.random = random;
      this.example = example;
    }

    double between(double low, double high) {
      return low + (high - low) * random.uniform(example, position++);
    }

    @Override
    public long bits() {
      return random.bits(example, position++);
    }
  }

  /** Draws strokes of the unit square on a canvas, under one affine map. */
  private static final class Pen {
    private final Draws draws;
    private final Canvas canvas;
    private final double xx;
    private final double xy;
    private final double yx;
    private final double yy;
    private final double shiftX;
    private final double shiftY;
    private final double radius;
    private double lastX;
    private double lastY;

    Pen(Draws draws, Canvas canvas) {
      this.draws = draws;
      this.canvas = canvas;
      double angle = draws.between(-ROTATION, ROTATION);
      double shear = draws.between(-SHEAR, SHEAR);
      double scaleX = draws.between(SMALLEST, LARGEST);
      double scaleY = draws.between(SMALLEST, LARGEST);
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      this.xx = cos * scaleX;
      this.xy = (cos * shear - sin) * scaleY;
      this.yx = sin * scaleX;
      this.yy = (sin * shear + cos) * scaleY;
      this.shiftX = (SIDE - 1) / 2.0 + draws.between(-SHIFT, SHIFT);
      this.shiftY = (SIDE - 1) / 2.0 + draws.between(-SHIFT, SHIFT);
      this.radius = draws.between(THINNEST, THICKEST);
    }

    void draw(Stroke stroke) {
      if (stroke instanceof Line line) {
        boolean lifted = true;
        for (Point point : line.points()) {
          to(lifted, point.x() + jitter(), point.y() + jitter());
          lifted = false;
        }
      } else if (stroke instanceof Arc arc) {
        draw(arc);
      }
    }

    private void draw(Arc arc) {
      double centerX = arc.centerX() + jitter();
      double centerY = arc.centerY() + jitter();
      double radiusX = arc.radiusX() + jitter();
      double radiusY = arc.radiusY() + jitter();
      double from = arc.from() + jitter() * 200;
      double to = arc.to() + jitter() * 200;
      int steps = (int) Math.ceil(Math.abs(to - from) / ARC_STEP_DEGREES);
      for (int step = 0; step <= steps; step++) {
        double angle = Math.toRadians(from + (to - from) * step / steps);
        to(
            step == 0,
            centerX + radiusX * StrictMath.cos(angle),
            centerY + radiusY * StrictMath.sin(angle));
      }
    }

    /** A short straight line anywhere, no part of the digit. */
    void stray() {
      double x = draws.between(0, 1);
      double y = draws.between(0, 1);
      to(true, x, y);
      to(false, x + draws.between(-.35, .35), y + draws.between(-.35, .35));
    }

    private double jitter() {
      return draws.between(-JITTER, JITTER);
    }

    private void to(boolean lifted, double unitX, double unitY) {
      double x = xx * (unitX - .5) + xy * (unitY - .5) + shiftX;
      double y = yx * (unitX - .5) + yy * (unitY - .5) + shiftY;
      if (!lifted) {
        canvas.line(lastX, lastY, x, y, radius);
      }
      lastX = x;
      lastY = y;
    }
  }
}
