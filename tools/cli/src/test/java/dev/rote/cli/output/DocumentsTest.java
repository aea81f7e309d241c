package dev.rote.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.protobuf.util.JsonFormat;
import dev.rote.v1.DatasetInfo;
import dev.rote.v1.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DocumentsTest {
  private static final DatasetInfo STROKES =
      DatasetInfo.newBuilder()
          .setName("strokes")
          .setClasses(10)
          .setShape(Shape.newBuilder().setChannels(1).setHeight(28).setWidth(28))
          .setTrainExamples(10_000)
          .setAvailable(true)
          .build();

  private static final JsonElement SHAPES =
      Documents.array(List.of(Shape.newBuilder().setChannels(3).build()), Documents::tree);

  @Test
  void json_message_readsBackAsTheSame() throws Exception {
    DatasetInfo.Builder back = DatasetInfo.newBuilder();
    JsonFormat.parser().merge(Documents.json(STROKES), back);

    assertThat(back.build()).isEqualTo(STROKES);
  }

  @Test
  void json_fieldsWithoutPresence_areWritten() {
    assertThat(Documents.json(STROKES))
        .contains("\"testExamples\": \"0\"")
        .contains("\"hint\": \"\"")
        .contains("\"trainExamples\": \"10000\"");
  }

  @Test
  void json_list_isAnArray() {
    assertThat(Documents.json(SHAPES))
        .isEqualToIgnoringWhitespace("[{\"channels\":3,\"height\":0,\"width\":0}]");
    assertThat(Documents.json(Documents.array(List.<Shape>of(), Documents::tree))).isEqualTo("[]");
  }

  @Test
  void yaml_message_keepsTypes() {
    assertThat(Documents.yaml(STROKES))
        .isEqualTo(
            """
            name: strokes
            description: ''
            classes: 10
            shape:
              channels: 1
              height: 28
              width: 28
            trainExamples: '10000'
            testExamples: '0'
            available: true
            hint: ''""");
  }

  @Test
  void yaml_list_isASequence() {
    assertThat(Documents.yaml(SHAPES))
        .isEqualTo(
            """
            - channels: 3
              height: 0
              width: 0""");
  }
}
