package dev.rote.cli.command;

import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.paper.PaperGallery;
import dev.rote.cli.paper.PaperSweeps;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code rote paper gallery}. */
@Command(
    name = "gallery",
    header = "Makes the page of all figures anew from the reports on disk.",
    description = {
      "'rote paper run' does so after each sweep; this needs no service and no run. A report that is"
          + " copied into the folder is shown too."
    })
public final class PaperGalleryCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final GalleryOption gallery = new GalleryOption();

  PaperGalleryCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws IOException {
    PaperGallery page = new PaperGallery(PaperSweeps.of(session.home()), gallery.folder());
    if (page.refresh() == 0) {
      throw new CommandFailure(
          ExitCodes.NOT_FOUND,
          "there is no report in " + gallery.folder() + ": 'rote paper run' makes them");
    }
    session.out().println(page.page());
    session.out().flush();
    return ExitCodes.OK;
  }
}
