package dev.rote.spec;

import dev.rote.spec.Tree.Kind;
import dev.rote.spec.Tree.Scalar;
import java.io.StringReader;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.reader.ReaderException;

/** Reads YAML. */
final class YamlTrees {
  /*
   * Plain scalars are resolved by JSON's rules rather than YAML 1.1's: `1e-3` is a number, `no` is
   * text. Anchors are refused: expanding them is how small files become large. So are tags: quotes say
   * the same in fewer ways.
   */
  private final String text;
  private final String source;
  private final Function<Mark, Place> place;

  private YamlTrees(String text, String source, Function<Mark, Place> place) {
    this.text = text;
    this.source = source;
    this.place = place;
  }

  /**
   * @param place where a mark lies
   * @throws SpecException unless it is one document
   */
  static Tree read(String text, String source, Function<Mark, Place> place) {
    return new YamlTrees(text, source, place).read();
  }

  private Tree read() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(TreeReader.MOST_CHARACTERS);
    TreeBuilder builder = new TreeBuilder(source);
    int documents = 0;
    try {
      for (Event event : new Yaml(new SafeConstructor(options)).parse(new StringReader(text))) {
        documents += event instanceof DocumentStartEvent ? 1 : 0;
        if (documents > 1) {
          throw TreeBuilder.refused(
              source + " must hold exactly one document, held several", at(event));
        }
        if (event instanceof NodeEvent node) {
          take(node, builder);
        } else if (event instanceof CollectionEndEvent) {
          builder.end();
        }
      }
    } catch (MarkedYAMLException e) {
      throw malformed(String.valueOf(e.getProblem()), e.getProblemMark());
    } catch (ReaderException e) {
      throw unreadable(e);
    } catch (YAMLException e) {
      throw malformed(String.valueOf(e.getMessage()), null);
    }
    return builder
        .tree()
        .orElseThrow(
            () -> new SpecException("", source + " must hold exactly one document, held none"));
  }

  private void take(NodeEvent event, TreeBuilder builder) {
    if (event instanceof AliasEvent || event.getAnchor() != null) {
      throw TreeBuilder.refused(
          "anchors and aliases are not accepted: write the value out", at(event));
    }
    String tag =
        event instanceof ScalarEvent scalar
            ? scalar.getTag()
            : ((CollectionStartEvent) event).getTag();
    if (tag != null) {
      throw TreeBuilder.refused(
          "tags such as !!str are not accepted: write text in quotes and numbers without",
          at(event));
    }
    if (event instanceof ScalarEvent scalar) {
      if (builder.atKey()) {
        builder.key(scalar.getValue(), at(event));
      } else {
        builder.scalar(new Scalar(scalar.getValue(), kind(scalar), at(event)));
      }
    } else {
      builder.start(event instanceof MappingStartEvent, at(event));
    }
  }

  private Place at(Event event) {
    return place.apply(event.getStartMark());
  }

  private static Kind kind(ScalarEvent scalar) {
    if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
      return Kind.TEXT;
    }
    String plain = scalar.getValue();
    if (plain.equals("true") || plain.equals("false")) {
      return Kind.BOOLEAN;
    }
    if (plain.isEmpty() || plain.equals("null") || plain.equals("~")) {
      return Kind.NULL;
    }
    return NumberText.isNumber(plain) ? Kind.NUMBER : Kind.TEXT;
  }

  private SpecException malformed(String problem, @Nullable Mark mark) {
    return TreeBuilder.refused(
        source + " is neither YAML nor JSON: " + problem,
        mark == null ? Place.unknown() : place.apply(mark));
  }

  /** The parser says at which code point it stands, not where that is. */
  private SpecException unreadable(ReaderException e) {
    int position =
        text.offsetByCodePoints(
            0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
    String before = text.substring(0, position);
    int line = (int) before.chars().filter(c -> c == '\n').count();
    int column = position - before.lastIndexOf('\n') - 1;
    Mark mark = new Mark(source, position, line, column, new int[0], 0);
    return malformed(
        "the character " + Characters.name(e.getCodePoint()) + " is not text: leave it out", mark);
  }
}
