package dev.rote.figures.report;

import dev.rote.v1.Report;

/**
 * A sweep in a gallery.
 *
 * @param report what it found
 * @param folder where its own report lies, beside the gallery's page
 * @param size such as {@code full} and {@code small}
 * @param command what makes it again
 * @param note what else there is to say of how it was made; may be empty
 */
public record GalleryEntry(
    Report report, String folder, String size, String command, String note) {}
