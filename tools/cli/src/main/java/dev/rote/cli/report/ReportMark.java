package dev.rote.cli.report;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Whose report a folder is, by its {@code provenance.json}. */
final class ReportMark {
  private ReportMark() {}

  /** The sweep's id; empty when the file is not there or does not say. */
  static Optional<String> sweepId(Path provenance) throws IOException {
    if (!Files.exists(provenance)) {
      return Optional.empty();
    }
    try {
      JsonElement root = JsonParser.parseString(Files.readString(provenance));
      return Optional.of(root)
          .filter(JsonElement::isJsonObject)
          .map(object -> object.getAsJsonObject().get("sweep_id"))
          .filter(id -> id != null && id.isJsonPrimitive())
          .map(JsonElement::getAsString)
          .filter(id -> id.matches("[A-Za-z0-9-]+"));
    } catch (JsonParseException e) {
      return Optional.empty();
    }
  }
}
