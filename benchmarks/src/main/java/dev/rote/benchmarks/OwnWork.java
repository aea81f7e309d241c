package dev.rote.benchmarks;

import dev.rote.benchmarks.race.Contestant;
import java.nio.file.Path;

/**
 * What Rote does in a case of a benchmark.
 *
 * @param benchmark name of the benchmark
 * @param subject what is done
 * @param unit of one piece of work, such as {@code ms/step}
 * @param scale pieces of work in seconds, times this, are numbers in that unit
 * @param tolerance of the check, relative to the larger of 1 and the number
 * @param directory of the case's files and logs
 * @param rote the contestant
 */
public record OwnWork(
    String benchmark,
    String subject,
    String unit,
    double scale,
    double tolerance,
    Path directory,
    Contestant rote) {}
