package dev.rote.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the header of a file of safetensors, whose arrays must fill its data without a gap. */
final class SafetensorsHeader {
  static final String METADATA = "__metadata__";
  static final String TYPE = "dtype";
  static final String SHAPE = "shape";
  static final String OFFSETS = "data_offsets";

  private static final int MOST_NUMBERS = 64;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(3)
                  .maxNameLength(1000)
                  .maxNumberLength(20)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final String file;
  private final long dataBytes;

  /**
   * @param file for messages
   * @param dataBytes behind the header
   */
  SafetensorsHeader(String file, long dataBytes) {
    this.file = file;
    this.dataBytes = dataBytes;
  }

  /**
   * Where an array lies.
   *
   * @param begin its first byte, from the end of the header
   */
  record Place(WeightArray array, long begin) {
    long end() {
      return begin + array.bytes();
    }
  }

  /**
   * The arrays.
   *
   * @throws WeightFileException if one lies outside the data, on another or beside a gap
   */
  List<Place> places(ByteBuffer json) {
    List<Place> places = new ArrayList<>();
    try (JsonParser parser =
        JSON.createParser(StandardCharsets.UTF_8.newDecoder().decode(json).toString())) {
      expect(parser.nextToken(), JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        expect(parser.nextToken(), JsonToken.START_OBJECT);
        if (name.equals(METADATA)) {
          parser.skipChildren();
          continue;
        }
        if (places.size() == WeightFile.MOST_ARRAYS) {
          throw refused("has more than " + WeightFile.MOST_ARRAYS + " arrays");
        }
        places.add(place(WeightArray.checkedName(file, name), parser));
      }
      expect(parser.currentToken(), JsonToken.END_OBJECT);
      if (parser.nextToken() != null) {
        throw refused("has a header of safetensors that goes on after its object");
      }
    } catch (JsonProcessingException | CharacterCodingException e) {
      throw refused("is neither npz nor safetensors: its header is no JSON that safetensors has");
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
    requireWhole(places);
    return places;
  }

  private Place place(String name, JsonParser parser) throws IOException {
    Optional<ArrayType> type = Optional.empty();
    List<Long> shape = List.of();
    List<Long> offsets = List.of();
    Set<String> fields = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      fields.add(field);
      parser.nextToken();
      switch (field) {
        case TYPE -> {
          expect(parser.currentToken(), JsonToken.VALUE_STRING);
          type = ArrayType.ofWord(parser.getText());
        }
        case SHAPE -> shape = numbers(parser);
        case OFFSETS -> offsets = numbers(parser);
        default -> throw refused("has a field that safetensors do not have, of " + name);
      }
    }
    if (!fields.equals(Set.of(TYPE, SHAPE, OFFSETS)) || offsets.size() != 2) {
      throw refused("lacks dtype, shape or two data_offsets of " + name);
    }
    WeightArray array =
        WeightArray.checked(
            file,
            name,
            type.orElseThrow(
                () -> refused("has " + name + " of a type that is not read: weights are F32")),
            shape);
    long begin = offsets.get(0);
    long end = offsets.get(1);
    if (begin < 0 || begin > end || end > dataBytes || end - begin != array.bytes()) {
      throw refused(
          "has %s of %d bytes at %d to %d of %d bytes of data"
              .formatted(name, array.bytes(), begin, end, dataBytes));
    }
    return new Place(array, begin);
  }

  private List<Long> numbers(JsonParser parser) throws IOException {
    expect(parser.currentToken(), JsonToken.START_ARRAY);
    List<Long> numbers = new ArrayList<>();
    while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && numbers.size() < MOST_NUMBERS) {
      numbers.add(parser.getLongValue());
    }
    expect(parser.currentToken(), JsonToken.END_ARRAY);
    return numbers;
  }

  private void requireWhole(List<Place> places) {
    List<Place> ordered = new ArrayList<>(places);
    ordered.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
    long at = 0;
    for (Place place : ordered) {
      if (place.begin() != at) {
        throw refused(
            "has %s at %d of its data, where %s"
                .formatted(
                    place.array().name(),
                    place.begin(),
                    place.begin() < at ? "another array lies" : "a gap is before it"));
      }
      at = place.end();
    }
    if (at != dataBytes) {
      throw refused("has %d bytes of data, arrays for %d".formatted(dataBytes, at));
    }
  }

  private void expect(@Nullable JsonToken actual, JsonToken token) {
    if (actual != token) {
      throw refused("is neither npz nor safetensors: its header is no object of arrays");
    }
  }

  private WeightFileException refused(String what) {
    return WeightFileException.of(file, what);
  }
}
