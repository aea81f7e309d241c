package dev.rote.figures.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.rote.figures.drawing.FigureImages;
import dev.rote.spec.SweepFiles;
import dev.rote.v1.Figure;
import dev.rote.v1.Report;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;

/** Whatever character a sweep was admitted with, its report is written, and is read again. */
class ReportCharactersTest {
  private static final Report SAMPLE = SampleStudy.report();

  /** All of Unicode but halves of surrogate pairs, which no message can hold. */
  private static List<String> allCharacters(int atOnce) {
    List<String> texts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int character = 1; character <= Character.MAX_CODE_POINT; character++) {
      if (character < Character.MIN_SURROGATE || character > Character.MAX_SURROGATE) {
        text.appendCodePoint(character);
      }
      if (text.length() >= atOnce || character == Character.MAX_CODE_POINT) {
        texts.add(text.toString());
        text.setLength(0);
      }
    }
    return texts;
  }

  @Test
  void sweepAndProvenance_everyCharacter_areReadAgain() {
    for (String text : allCharacters(50_000)) {
      Sweep sweep = Sweep.newBuilder().setSpec(SweepSpec.newBuilder().setDescription(text)).build();
      Report.Builder report = SAMPLE.toBuilder();
      report.getProvenanceBuilder().setSweepJson(SweepFiles.toJson(sweep));

      String written = ReportJson.sweep(report.build());
      assertThat(SweepFiles.parse(written, "sweep.json").getSpec().getDescription())
          .isEqualTo(text);

      String provenance = ReportJson.provenance(report.build());
      assertThat(
              JsonParser.parseString(provenance)
                  .getAsJsonObject()
                  .getAsJsonObject("sweep")
                  .getAsJsonObject("spec")
                  .get("description")
                  .getAsString())
          .isEqualTo(text);
    }
  }

  /** XML cannot hold some characters that an older door admitted. */
  @Test
  void drawing_charactersThatXmlCannotHold_isXml() throws Exception {
    DocumentBuilder xml = DocumentBuilderFactory.newInstance().newDocumentBuilder();
    StringBuilder title = new StringBuilder("\uFFFE\uFFFF\u007F\u0085\u009F\uFDD0");
    for (char control = 1; control < ' '; control++) {
      title.append(control);
    }
    Figure figure = SAMPLE.getFigures(0).toBuilder().setTitle(title.toString()).build();

    String svg = new FigureImages().svg(figure);

    assertThat(xml.parse(new InputSource(new StringReader(svg))).getDocumentElement().getTagName())
        .isEqualTo("svg");
  }
}
