package dev.rote.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rote.v1.Sweep;
import dev.rote.v1.SweepSpec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is admitted can be read again, and what is stored already can, too: over all of Unicode. */
class CharactersPropertyTest {
  private static final int LONGEST = 1_900;

  private static final Sweep SOUND = SweepFiles.parse(SweepFilesTest.SWEEP, "tiny.yaml");

  private static Sweep described(String description) {
    Sweep.Builder sweep = SOUND.toBuilder();
    sweep.getSpecBuilder().setDescription(description);
    return sweep.build();
  }

  private static Sweep alone(String description) {
    return Sweep.newBuilder().setSpec(SweepSpec.newBuilder().setDescription(description)).build();
  }

  private static void assertReadAgain(Sweep sweep) {
    assertThat(SweepFiles.parse(SweepFiles.toJson(sweep), "json")).isEqualTo(sweep);
    assertThat(SweepFiles.parse(SweepFiles.toYaml(sweep), "yaml")).isEqualTo(sweep);
  }

  @Test
  void check_everyCharacterThatIsReadable_isAdmittedAndReadAgain() {
    StringBuilder text = new StringBuilder("x");
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      if (Characters.readable(character)) {
        text.appendCodePoint(character);
      }
      if (text.length() > LONGEST || character == Character.MAX_CODE_POINT) {
        Sweep sweep = described(text + "x");
        SweepValidator.check(sweep);
        assertReadAgain(sweep);
        text.setLength(0);
        text.append('x');
      }
    }
  }

  /** Alone, first and last, where documents treat white space and marks apart. */
  @Test
  void toYaml_charactersAlone_areReadAgain() {
    for (int character = 0; character <= 0xffff; character++) {
      if (Characters.readable(character)) {
        String alone = Character.toString(character);
        String description = alone + "a" + alone + alone + "\n" + alone;
        if (character < 0x600 || character >= 0xfd00 || character % 64 == 0) {
          assertReadAgain(alone(description));
        }
      }
    }
  }

  @Test
  void check_everyOtherCharacter_isRefusedByItsName() {
    List<Integer> refused = new ArrayList<>();
    for (int character = 0; character <= Character.MAX_CODE_POINT; character++) {
      if (!Characters.readable(character)) {
        refused.add(character);
      }
    }
    /* Controls but three, delete and C1; surrogates; U+FDD0 and the like; the last two of each plane. */
    assertThat(refused).hasSize(32 - 3 + 33 + 2048 + 32 + 34);
    for (int character : refused) {
      Sweep sweep = described("a" + Character.toString(character));
      assertThat(catchThrowableOfType(SpecException.class, () -> SweepValidator.check(sweep)))
          .hasMessageStartingWith("spec.description: holds " + Characters.name(character));
    }
  }

  /** Sweeps that were admitted once have reports that parse them. */
  @Test
  void parse_storedSweepWithCharactersNowRefused_isReadAgain() {
    for (int character = 1; character <= 0x10ffff; character++) {
      boolean surrogate = character >= 0xd800 && character <= 0xdfff;
      if (!surrogate && !Characters.readable(character)) {
        assertReadAgain(alone("don" + Character.toString(character) + "t"));
      }
    }
  }
}
