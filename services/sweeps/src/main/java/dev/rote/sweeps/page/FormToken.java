package dev.rote.sweeps.page;

import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * The token that every form carries: only who read a page of this service can send one. It is made
 * anew when the service starts.
 */
@Singleton
@Named("forms")
public class FormToken {
  private static final int BYTES = 32;

  private final String token;

  FormToken() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** For a hidden field of the name {@code token}. */
  public String getToken() {
    return token;
  }

  /**
   * Refuses a form that was not made here.
   *
   * @throws PageException with status 403
   */
  void require(Optional<String> sent) {
    byte[] ours = token.getBytes(StandardCharsets.UTF_8);
    byte[] theirs = sent.orElse("").getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(ours, theirs)) {
      throw new PageException(
          403,
          "This form is from before the service was started: go back, load the page again and send"
              + " it once more.");
    }
  }
}
