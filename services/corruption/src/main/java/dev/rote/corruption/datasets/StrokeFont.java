package dev.rote.corruption.datasets;

import java.util.ArrayList;
import java.util.List;

/**
 * The ten digits as strokes in the unit square, x to the right and y down. Angles are in degrees,
 * from the x axis towards the y axis.
 */
final class StrokeFont {
  /** A part of a digit, drawn without lifting the pen. */
  sealed interface Stroke permits Line, Arc {}

  /** Straight pieces from point to point. */
  record Line(List<Point> points) implements Stroke {
    Line {
      points = List.copyOf(points);
    }

    /** A line through points given as x and y in turn. */
    static Line through(double... coordinates) {
      List<Point> points = new ArrayList<>();
      for (int i = 0; i < coordinates.length; i += 2) {
        points.add(new Point(coordinates[i], coordinates[i + 1]));
      }
      return new Line(points);
    }
  }

  /** A point of the unit square. */
  record Point(double x, double y) {}

  /** A piece of an ellipse. */
  record Arc(double centerX, double centerY, double radiusX, double radiusY, double from, double to)
      implements Stroke {}

  private static final List<List<Stroke>> DIGITS =
      List.of(
          List.of(new Arc(.50, .50, .28, .41, -90, 270)),
          List.of(Line.through(.33, .27, .53, .09, .52, .92)),
          List.of(
              new Arc(.48, .31, .27, .22, -165, 35), Line.through(.69, .45, .22, .91, .80, .90)),
          List.of(new Arc(.46, .30, .26, .20, -150, 90), new Arc(.46, .70, .30, .21, -90, 150)),
          List.of(Line.through(.60, .09, .19, .63, .83, .63), Line.through(.61, .36, .60, .93)),
          List.of(
              Line.through(.76, .10, .31, .11, .28, .46), new Arc(.47, .66, .30, .25, -130, 140)),
          List.of(new Arc(.66, .58, .41, .49, -110, -190), new Arc(.50, .70, .25, .21, -180, 180)),
          List.of(Line.through(.20, .11, .80, .10, .43, .93)),
          List.of(new Arc(.50, .29, .22, .19, 90, 450), new Arc(.50, .70, .27, .22, -90, 270)),
          List.of(new Arc(.49, .31, .25, .21, 0, 360), Line.through(.74, .30, .71, .58, .60, .93)));

  private StrokeFont() {}

  /** The strokes of a digit. */
  static List<Stroke> digit(int digit) {
    return DIGITS.get(digit);
  }
}
