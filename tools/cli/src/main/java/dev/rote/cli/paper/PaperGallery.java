package dev.rote.cli.paper;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.paper.PaperSweeps.Size;
import dev.rote.figures.report.GalleryEntry;
import dev.rote.figures.report.GalleryPage;
import dev.rote.spec.Ids;
import dev.rote.spec.SweepFiles;
import dev.rote.spec.SweepId;
import dev.rote.v1.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The page of all reports that lie in a folder, each in a folder of its sweep's name. It is made
 * from the reports themselves, so it needs no services.
 */
public final class PaperGallery {
  /** The report in numbers, as reports hold it. */
  private static final String NUMBERS = "report.pb";

  private final PaperSweeps sweeps;
  private final Path folder;

  public PaperGallery(PaperSweeps sweeps, Path folder) {
    this.sweeps = sweeps;
    this.folder = folder;
  }

  public Path page() {
    return folder.resolve("report.html");
  }

  /**
   * Makes the page anew.
   *
   * @return number of sweeps on it; without any there is no page
   * @throws CommandFailure when a report cannot be read; the page is then as it was before
   */
  public int refresh() throws IOException {
    List<GalleryEntry> entries = entries();
    if (!entries.isEmpty()) {
      Path fresh = folder.resolve(".report.html.part");
      Files.writeString(fresh, GalleryPage.html(entries));
      Files.move(fresh, page(), StandardCopyOption.ATOMIC_MOVE);
    }
    return entries.size();
  }

  private List<GalleryEntry> entries() throws IOException {
    Map<String, Report> reports = new TreeMap<>(PaperSweeps.ORDER);
    try (Stream<Path> folders = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      for (Path own : folders.filter(path -> Files.exists(path.resolve(NUMBERS))).toList()) {
        Report report = read(own.resolve(NUMBERS));
        /* A folder of another name was put aside by its owner. */
        if (own.getFileName().toString().equals(report.getSweepName())) {
          reports.put(report.getSweepName(), report);
        }
      }
    }
    List<GalleryEntry> entries = new ArrayList<>();
    for (Report report : reports.values()) {
      entries.add(entry(report));
    }
    return entries;
  }

  private static Report read(Path file) throws IOException {
    try {
      return Report.parseFrom(Files.readAllBytes(file));
    } catch (InvalidProtocolBufferException e) {
      throw new CommandFailure(
          ExitCodes.FAILED, file + " is damaged: move its folder away, or run the sweep again", e);
    }
  }

  private GalleryEntry entry(Report report) throws IOException {
    String name = report.getSweepName();
    Optional<Path> file = sweeps.file(name);
    boolean shipped = file.isPresent() && isOf(file.get(), report);
    Size size = Size.of(name);
    String words = size.name().toLowerCase(Locale.ROOT);
    if (shipped) {
      String option = size == Size.SMALL ? " --small" : "";
      return new GalleryEntry(
          report, name, words, "./rote paper run " + size.figure(name) + option, "");
    }
    String command = "./rote run " + folder.resolve(name).resolve("sweep.json");
    return file.isPresent()
        ? new GalleryEntry(
            report,
            name,
            words + ", changed",
            command,
            "This sweep is not the one that " + file.get().getFileName() + " states now.")
        : new GalleryEntry(report, name, "–", command, "");
  }

  /** Whether the report is that of the sweep in a file, as it is now and with these versions. */
  private static boolean isOf(Path file, Report report) throws IOException {
    return Ids.isIdOf(
        new SweepId(report.getSweepId()),
        SweepFiles.parse(Files.readString(file), file.toString()));
  }
}
