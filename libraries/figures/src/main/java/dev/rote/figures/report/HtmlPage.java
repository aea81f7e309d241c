package dev.rote.figures.report;

import dev.rote.spec.VisibleText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * An HTML page under construction: one file without anything to load, readable on paper. Markup and
 * text are told apart by the method that takes them.
 */
final class HtmlPage {
  private static final String STYLE = "report.css";

  private final StringBuilder page = new StringBuilder();

  /** Opens a page: its title, style sheet and heading, and a paragraph that leads in. */
  HtmlPage(String heading, String lead) {
    markup("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .element("title", heading + " · Rote")
        .markup("\n<style>\n")
        .markup(style())
        .markup("</style>\n</head>\n<body>\n<main>\n<header>\n")
        .element("h1", heading)
        .markup("\n");
    if (!lead.isEmpty()) {
      markup("<p class=\"lead\">").text(lead).markup("</p>\n");
    }
    markup("</header>\n");
  }

  /** Adds HTML as it is. */
  HtmlPage markup(String html) {
    page.append(html);
    return this;
  }

  /** Adds text, or the value of an attribute in double quotes. */
  HtmlPage text(String text) {
    page.append(
        VisibleText.block(text)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;"));
    return this;
  }

  /** Adds an element that holds nothing but text. */
  HtmlPage element(String tag, String text) {
    return markup("<" + tag + ">").text(text).markup("</" + tag + ">");
  }

  /** Adds a link. */
  HtmlPage link(String address, String text) {
    return markup("<a href=\"").text(address).markup("\">").text(text).markup("</a>");
  }

  /** Closes the page. */
  String end() {
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private static String style() {
    try (InputStream stream =
        Objects.requireNonNull(HtmlPage.class.getResourceAsStream(STYLE), STYLE)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + STYLE, e);
    }
  }
}
