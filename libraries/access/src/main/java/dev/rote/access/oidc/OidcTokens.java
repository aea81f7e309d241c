package dev.rote.access.oidc;

import static org.jose4j.jwa.AlgorithmConstraints.ConstraintType.PERMIT;

import dev.rote.access.AccessRefused;
import dev.rote.access.AccessRefused.Reason;
import dev.rote.access.Caller;
import dev.rote.access.Role;
import dev.rote.access.Tokens;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jspecify.annotations.Nullable;

/** Reads signed tokens (JWT) of one issuer, for one audience. */
public final class OidcTokens implements Tokens {
  private static final int SKEW_SECONDS = 30;

  private final OidcSettings settings;
  private final IssuerKeys keys;

  public OidcTokens(OidcSettings settings, IssuerKeys keys) {
    this.settings = settings;
    this.keys = keys;
  }

  /* Three parts with dots between: keys of our own are of hexadecimal digits. */
  @Override
  public boolean isOne(String text) {
    return text.chars().filter(c -> c == '.').count() == 2;
  }

  @Override
  public Caller holder(String token) {
    List<JsonWebKey> known =
        keys.now()
            .orElseThrow(
                () ->
                    new AccessRefused(
                        Reason.ISSUER_SILENT,
                        "the issuer of tokens, "
                            + settings.issuer()
                            + ", has not told its keys to this service yet: try again"));
    try {
      return caller(consumer(known).processToClaims(token));
    } catch (InvalidJwtException e) {
      if (e.hasErrorCode(ErrorCodes.SIGNATURE_INVALID)
          || e.hasErrorCode(ErrorCodes.MISCELLANEOUS)) {
        keys.askSoon();
      }
      throw refused(why(e));
    }
  }

  private JwtConsumer consumer(List<JsonWebKey> known) {
    return new JwtConsumerBuilder()
        .setVerificationKeyResolver(new JwksVerificationKeyResolver(known))
        .setExpectedIssuer(true, settings.issuer().toString())
        .setExpectedAudience(true, settings.audience())
        .setRequireExpirationTime()
        .setAllowedClockSkewInSeconds(SKEW_SECONDS)
        .setJwsAlgorithmConstraints(
            PERMIT,
            AlgorithmIdentifiers.RSA_USING_SHA256,
            AlgorithmIdentifiers.RSA_USING_SHA384,
            AlgorithmIdentifiers.RSA_USING_SHA512,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA256,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA384,
            AlgorithmIdentifiers.RSA_PSS_USING_SHA512,
            AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256,
            AlgorithmIdentifiers.ECDSA_USING_P384_CURVE_AND_SHA384,
            AlgorithmIdentifiers.ECDSA_USING_P521_CURVE_AND_SHA512,
            AlgorithmIdentifiers.EDDSA)
        .build();
  }

  /* Without the token, which messages of the library repeat. */
  private String why(InvalidJwtException e) {
    if (e.hasErrorCode(ErrorCodes.EXPIRED)) {
      return "has expired: get a new one, such as by 'rote login'";
    }
    if (e.hasErrorCode(ErrorCodes.AUDIENCE_INVALID)
        || e.hasErrorCode(ErrorCodes.AUDIENCE_MISSING)) {
      return "is not for the audience " + settings.audience();
    }
    if (e.hasErrorCode(ErrorCodes.ISSUER_INVALID) || e.hasErrorCode(ErrorCodes.ISSUER_MISSING)) {
      return "is not of the issuer " + settings.issuer();
    }
    if (e.hasErrorCode(ErrorCodes.EXPIRATION_MISSING)) {
      return "says not when it expires (exp)";
    }
    if (e.hasErrorCode(ErrorCodes.NOT_YET_VALID)) {
      return "is not valid yet (nbf)";
    }
    return "is not signed by a key of " + settings.issuer();
  }

  private Caller caller(JwtClaims claims) {
    String name = text(claim(claims, settings.claims().name()));
    if (!Caller.isName(name)) {
      throw refused(
          "has no name in its claim %s, which must be %s: ROTE_ACCESS_OIDC_NAME names another claim"
              .formatted(settings.claims().name(), Caller.nameRule()));
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    texts(claim(claims, settings.claims().roles()))
        .forEach(value -> roles.addAll(settings.roles().getOrDefault(value, Set.of())));
    if (roles.isEmpty()) {
      throw new AccessRefused(
          Reason.ROLE_MISSING,
          "the token of %s has no role of this installation in its claim %s: ask whoever keeps the issuer, or ROTE_ACCESS_OIDC_ROLES"
              .formatted(name, settings.claims().roles()));
    }
    return new Caller(name, roles, group(claims));
  }

  private String group(JwtClaims claims) {
    return texts(claim(claims, settings.claims().groups())).stream()
        .flatMap(value -> known(value).stream())
        .findFirst()
        .orElse("");
  }

  private Optional<String> known(String value) {
    return settings.groups().isEmpty()
        ? Optional.of(value).filter(Caller::isName)
        : Optional.ofNullable(settings.groups().get(value));
  }

  private static @Nullable Object claim(JwtClaims claims, String path) {
    @Nullable Object value = claims.getClaimValue(path);
    if (value != null) {
      return value;
    }
    value = claims.getClaimsMap();
    for (String step : path.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return value;
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  private static List<String> texts(@Nullable Object value) {
    if (value instanceof String text) {
      return List.of(text);
    }
    return value instanceof Collection<?> many
        ? many.stream()
            .filter(String.class::isInstance)
            .map(String.class::cast)
            .collect(Collectors.toCollection(ArrayList::new))
        : List.of();
  }

  private static AccessRefused refused(String why) {
    return new AccessRefused(Reason.TOKEN_INVALID, "the token of this call " + why);
  }
}
