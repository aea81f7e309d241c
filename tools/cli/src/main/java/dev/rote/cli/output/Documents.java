package dev.rote.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;

/**
 * Messages as JSON and YAML by the proto JSON mapping: lowerCamelCase names, 64-bit integers as
 * strings. Scalars and lists without presence are always written, so that scripts find them.
 */
public final class Documents {
  private static final Gson PRETTY =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();

  /* Gson escapes the others. These stand in strings alone, where an escape means the same. */
  private static final Pattern CONTROLS =
      Pattern.compile("[\\x7f-\\x9f\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069]");

  private Documents() {}

  /** One object. */
  public static String json(Message message) {
    return json(tree(message));
  }

  static String json(JsonElement tree) {
    return CONTROLS
        .matcher(PRETTY.toJson(tree))
        .replaceAll(control -> String.format("\\\\u%04x", (int) control.group().charAt(0)));
  }

  /** One mapping. */
  public static String yaml(Message message) {
    return yaml(tree(message));
  }

  /** What a function makes of each row, in order. */
  static <T> JsonArray array(List<T> rows, Function<T, JsonElement> json) {
    JsonArray array = new JsonArray();
    rows.forEach(row -> array.add(json.apply(row)));
    return array;
  }

  static JsonElement tree(Message message) {
    try {
      return JsonParser.parseString(
          JsonFormat.printer().alwaysPrintFieldsWithNoPresence().print(message));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(
          message.getDescriptorForType().getFullName() + " has no JSON form", e);
    }
  }

  static String yaml(JsonElement tree) {
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setWidth(100);
    options.setSplitLines(false);
    return new Yaml(options).dump(plain(tree)).stripTrailing();
  }

  private static @Nullable Object plain(JsonElement element) {
    if (element instanceof JsonObject object) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      object.entrySet().forEach(entry -> map.put(entry.getKey(), plain(entry.getValue())));
      return map;
    }
    if (element instanceof JsonArray array) {
      List<@Nullable Object> list = new ArrayList<>();
      array.forEach(item -> list.add(plain(item)));
      return list;
    }
    return element instanceof JsonPrimitive primitive ? scalar(primitive) : null;
  }

  private static Object scalar(JsonPrimitive primitive) {
    if (primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    if (!primitive.isNumber()) {
      return primitive.getAsString();
    }
    String digits = primitive.getAsString();
    if (digits.matches("-?\\d{1,18}")) {
      return Long.valueOf(digits);
    }
    return Double.valueOf(digits);
  }
}
