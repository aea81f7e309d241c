package dev.rote.access.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rote.access.AccessRefused;
import dev.rote.access.AccessRefused.Reason;
import dev.rote.access.Caller;
import dev.rote.access.Doorkeeper;
import dev.rote.access.Role;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens of an issuer whose keys come over HTTPS, at the door. */
class OidcTokensTest {
  private static final String SUBMIT = "rote.v1.SweepsService/SubmitSweep";
  private static final String AUDIENCE = "rote";

  @TempDir static Path directory;
  private static TokenIssuer issuer;
  private static IssuerKeys keys;
  private static Doorkeeper keeper;

  private static OidcSettings settings(Map<String, Set<Role>> roles, Map<String, String> groups) {
    return new OidcSettings(
        issuer.address(),
        AUDIENCE,
        Optional.empty(),
        Optional.of(issuer.certificate()),
        new OidcSettings.Claims("sub", "roles", "groups"),
        roles,
        groups);
  }

  private static Doorkeeper keeper(OidcSettings settings) {
    return new Doorkeeper(Optional.empty(), Optional.of(new OidcTokens(settings, keys)), Set.of());
  }

  @BeforeAll
  static void start() throws Exception {
    issuer = new TokenIssuer(directory);
    OidcSettings settings = settings(OidcSettings.roles(List.of()), Map.of());
    keys = new IssuerKeys(settings);
    keeper = keeper(settings);
    awaitKeys(keys, issuer.key().getKeyId());
  }

  @AfterAll
  static void stop() {
    keys.close();
    issuer.close();
  }

  private static void awaitKeys(IssuerKeys keys, String id) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      if (keys.now().stream().flatMap(List::stream).anyMatch(k -> id.equals(k.getKeyId()))) {
        return;
      }
      Thread.sleep(20);
    }
    throw new AssertionError("the issuer's keys were not read");
  }

  private static Caller admit(String token) {
    return keeper.admit(SUBMIT, "Bearer " + token);
  }

  private static void refused(Reason reason, String token, String words) {
    assertThatExceptionOfType(AccessRefused.class)
        .isThrownBy(() -> admit(token))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason))
        .withMessageContaining(words)
        .withMessageNotContaining(token.substring(0, Math.min(20, token.length())));
  }

  @Test
  void token_ofTheIssuer_isItsSubjectWithItsRolesAndGroup() throws Exception {
    assertThat(admit(issuer.sign(issuer.claims(AUDIENCE))))
        .isEqualTo(new Caller("ada", Set.of(Role.SUBMITTER), "vision"));
  }

  @Test
  void call_withoutAToken_isRefused() {
    assertThatExceptionOfType(AccessRefused.class)
        .isThrownBy(() -> keeper.admit(SUBMIT, null))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.KEY_MISSING));
    refused(Reason.KEY_UNKNOWN, "0123456789abcdef", "is nobody's here");
  }

  @Test
  void token_expired_isRefused() throws Exception {
    JwtClaims claims = issuer.claims(AUDIENCE);
    claims.setExpirationTime(NumericDate.fromSeconds(NumericDate.now().getValue() - 60));
    refused(Reason.TOKEN_INVALID, issuer.sign(claims), "has expired");
    claims.unsetClaim("exp");
    refused(Reason.TOKEN_INVALID, issuer.sign(claims), "says not when it expires");
  }

  @Test
  void token_forged_isRefused() throws Exception {
    RsaJsonWebKey other = TokenIssuer.newKey(issuer.key().getKeyId());
    String words = "is not signed by a key of " + issuer.address();
    refused(Reason.TOKEN_INVALID, TokenIssuer.sign(issuer.claims(AUDIENCE), other), words);
    String sound = issuer.sign(issuer.claims(AUDIENCE));
    String[] parts = sound.split("\\.", -1);
    String raised =
        new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
            .replace("submitter", "admin");
    String changed =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(raised.getBytes(StandardCharsets.UTF_8));
    refused(Reason.TOKEN_INVALID, parts[0] + "." + changed + "." + parts[2], words);
    refused(Reason.TOKEN_INVALID, parts[0] + "." + parts[1] + ".", words);
    refused(Reason.TOKEN_INVALID, "stolen-token-of.no-form.at-all", words);
  }

  /* "none", and the public key as a secret: the two oldest ways past such a door. */
  @Test
  void token_ofAnAlgorithmThatTheIssuerDoesNotUse_isRefused() throws Exception {
    JsonWebSignature none = new JsonWebSignature();
    none.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
    none.setPayload(issuer.claims(AUDIENCE).toJson());
    none.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
    refused(Reason.TOKEN_INVALID, none.getCompactSerialization(), "is not signed");
    JsonWebSignature secret = new JsonWebSignature();
    secret.setPayload(issuer.claims(AUDIENCE).toJson());
    secret.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
    secret.setKeyIdHeaderValue(issuer.key().getKeyId());
    secret.setKey(new HmacKey(issuer.key().getPublicKey().getEncoded()));
    refused(Reason.TOKEN_INVALID, secret.getCompactSerialization(), "is not signed");
  }

  @Test
  void token_forAnotherAudience_isRefused() throws Exception {
    refused(
        Reason.TOKEN_INVALID, issuer.sign(issuer.claims("mail")), "is not for the audience rote");
  }

  @Test
  void token_ofAnotherIssuer_isRefused() throws Exception {
    JwtClaims claims = issuer.claims(AUDIENCE);
    claims.setIssuer("https://issuer.example.com");
    refused(Reason.TOKEN_INVALID, issuer.sign(claims), "is not of the issuer");
  }

  @Test
  void token_withoutARoleOrAName_isRefused() throws Exception {
    JwtClaims claims = issuer.claims(AUDIENCE);
    claims.setStringListClaim("roles", "elsewhere");
    refused(Reason.ROLE_MISSING, issuer.sign(claims), "has no role of this installation");
    claims = issuer.claims(AUDIENCE);
    claims.setSubject("auth0|1234");
    refused(Reason.TOKEN_INVALID, issuer.sign(claims), "ROTE_ACCESS_OIDC_NAME");
  }

  @Test
  void token_mapped_hasWhatSettingsSay() throws Exception {
    Doorkeeper mapped =
        keeper(
            settings(
                OidcSettings.roles(List.of("elsewhere=admin", "elsewhere=viewer")),
                OidcSettings.groups(List.of("cn=vision=seeing"))));
    JwtClaims claims = issuer.claims(AUDIENCE);
    claims.setStringListClaim("groups", "cn=other", "cn=vision");

    assertThat(mapped.admit(SUBMIT, "Bearer " + issuer.sign(claims)))
        .isEqualTo(new Caller("ada", Set.of(Role.ADMIN, Role.VIEWER), "seeing"));
  }

  @Test
  void claims_withDots_leadIntoObjects() throws Exception {
    OidcSettings keycloak =
        new OidcSettings(
            issuer.address(),
            AUDIENCE,
            Optional.empty(),
            Optional.of(issuer.certificate()),
            new OidcSettings.Claims("preferred_username", "realm_access.roles", "groups"),
            OidcSettings.roles(List.of()),
            Map.of());
    JwtClaims claims = issuer.claims(AUDIENCE);
    claims.setStringClaim("preferred_username", "ada.l");
    claims.unsetClaim("roles");
    claims.setClaim("realm_access", Map.of("roles", List.of("viewer", "submitter")));

    assertThat(keeper(keycloak).admit(SUBMIT, "Bearer " + issuer.sign(claims)).name())
        .isEqualTo("ada.l");
  }

  @Test
  void settings_withoutHttps_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new OidcSettings(
                    URI.create("http://issuer.example.com"),
                    AUDIENCE,
                    Optional.empty(),
                    Optional.empty(),
                    new OidcSettings.Claims("sub", "roles", "groups"),
                    Map.of(),
                    Map.of()))
        .withMessageContaining("ROTE_ACCESS_OIDC_ISSUER must be an address of https://");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OidcSettings.roles(List.of("a=king")))
        .withMessageContaining("roles are viewer");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OidcSettings.groups(List.of("a")))
        .withMessageContaining("VALUE=NAME");
  }

  @Test
  void issuer_thatSignsWithAnotherKey_isAskedForItAndTheNextCallIsLetIn(@TempDir Path elsewhere)
      throws Exception {
    try (TokenIssuer other = new TokenIssuer(elsewhere)) {
      OidcSettings settings =
          new OidcSettings(
              other.address(),
              AUDIENCE,
              Optional.of(other.address().resolve("/keys")),
              Optional.of(other.certificate()),
              new OidcSettings.Claims("sub", "roles", "groups"),
              OidcSettings.roles(List.of()),
              Map.of());
      try (IssuerKeys read = new IssuerKeys(settings, Duration.ZERO)) {
        OidcTokens tokens = new OidcTokens(settings, read);
        awaitKeys(read, "first");
        String before = other.sign(other.claims(AUDIENCE));
        other.exchange(TokenIssuer.newKey("second"));
        String after = other.sign(other.claims(AUDIENCE));
        assertThatExceptionOfType(AccessRefused.class).isThrownBy(() -> tokens.holder(after));
        awaitKeys(read, "second");
        assertThat(tokens.holder(after).name()).isEqualTo("ada");
        assertThatExceptionOfType(AccessRefused.class).isThrownBy(() -> tokens.holder(before));
      }
    }
  }

  @Test
  void issuer_ofAnotherAuthority_tellsNoKeys(@TempDir Path elsewhere) throws Exception {
    try (TokenIssuer other = new TokenIssuer(elsewhere);
        IssuerKeys unread =
            new IssuerKeys(
                new OidcSettings(
                    other.address(),
                    AUDIENCE,
                    Optional.empty(),
                    Optional.of(issuer.certificate()),
                    new OidcSettings.Claims("sub", "roles", "groups"),
                    Map.of(),
                    Map.of()))) {
      Thread.sleep(1_000);
      assertThat(other.asked()).isZero();
      assertThat(unread.now()).isEmpty();
      OidcTokens tokens = new OidcTokens(settings(OidcSettings.roles(List.of()), Map.of()), unread);
      String token = issuer.sign(issuer.claims(AUDIENCE));
      assertThatExceptionOfType(AccessRefused.class)
          .isThrownBy(() -> tokens.holder(token))
          .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.ISSUER_SILENT));
    }
  }
}
