package dev.rote.cli.command;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import dev.rote.access.oidc.TrustedHttp;
import dev.rote.cli.CommandFailure;
import dev.rote.cli.ExitCodes;
import dev.rote.cli.Session;
import dev.rote.cli.service.SavedToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code rote login}. */
@Command(
    name = "login",
    header = "Keeps a token for the commands that follow.",
    description = {
      "With --issuer: asks an OpenID Connect issuer for one, by the client credentials of --client"
          + " and of the environment's ROTE_CLIENT_SECRET. Without: reads one, or a key, from the"
          + " standard input. It is kept in the user's configuration (XDG_CONFIG_HOME, or ~/.config),"
          + " for its owner alone, and shown to services whose addresses are given; ROTE_TOKEN goes"
          + " before, and the stack of this machine has a key of its own."
    })
public final class LoginCommand implements Callable<Integer> {
  private static final String HTTPS = "https";
  private static final String SECRET = "ROTE_CLIENT_SECRET";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Session session;

  @Option(
      names = "--issuer",
      paramLabel = "URL",
      description = "The issuer, https://; its configuration says where tokens are asked for.")
  private @Nullable URI issuer;

  @Option(names = "--client", paramLabel = "ID", description = "Id of the client at the issuer.")
  private String client = "";

  @Option(
      names = "--audience",
      paramLabel = "NAME",
      description = "Whom the token is for, where the issuer asks that.")
  private String audience = "";

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "What the token is good for, where the issuer asks that.")
  private String scope = "";

  @Option(
      names = "--authority",
      paramLabel = "FILE",
      description = "Certificates by which the issuer's is checked, PEM (default: the JVM's).")
  private @Nullable Path authority;

  LoginCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws Exception {
    String token = issuer == null ? pasted() : granted(issuer);
    SavedToken.write(session, token);
    session.out().println("kept in " + SavedToken.file(session));
    session.out().flush();
    return ExitCodes.OK;
  }

  private static String pasted() throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String line = in.readLine();
    if (line == null || line.isBlank()) {
      throw new CommandFailure(
          ExitCodes.INVALID, "no token came in: paste one, or name an issuer with --issuer URL");
    }
    return line.strip();
  }

  private String granted(URI from) throws Exception {
    String secret = session.environment().getOrDefault(SECRET, "");
    if (!HTTPS.equals(from.getScheme())) {
      throw new CommandFailure(ExitCodes.INVALID, "--issuer must be https://, was " + from);
    }
    if (client.isEmpty() || secret.isEmpty()) {
      throw new CommandFailure(
          ExitCodes.INVALID, "--issuer needs --client ID, and the client's secret in " + SECRET);
    }
    HttpClient http = TrustedHttp.client(Optional.ofNullable(authority));
    URI configuration =
        URI.create(from.toString().replaceAll("/+$", "") + "/.well-known/openid-configuration");
    Struct told = answer(http, HttpRequest.newBuilder(configuration));
    URI tokens = URI.create(text(told, "token_endpoint"));
    if (!HTTPS.equals(tokens.getScheme())) {
      throw new CommandFailure(
          ExitCodes.UNREACHABLE, configuration + " names no token_endpoint of https://");
    }
    Struct grant =
        answer(
            http,
            HttpRequest.newBuilder(tokens)
                .header("Authorization", "Basic " + basic(client, secret))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form())));
    String token = text(grant, "access_token");
    if (token.isEmpty()) {
      throw new CommandFailure(ExitCodes.UNREACHABLE, tokens + " granted no access_token");
    }
    return token;
  }

  private static Struct answer(HttpClient http, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpRequest asked = request.timeout(PATIENCE).build();
    HttpResponse<String> answer;
    try {
      answer = http.send(asked, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new CommandFailure(
          ExitCodes.UNREACHABLE, asked.uri() + " cannot be asked: " + e.getMessage());
    }
    Struct.Builder read = Struct.newBuilder();
    try {
      JsonFormat.parser().merge(answer.body(), read);
    } catch (InvalidProtocolBufferException e) {
      throw new CommandFailure(
          ExitCodes.UNREACHABLE,
          "%s answered %d and no JSON".formatted(asked.uri(), answer.statusCode()));
    }
    Struct told = read.build();
    if (answer.statusCode() != 200) {
      throw new CommandFailure(
          ExitCodes.INVALID,
          "%s refused with %d: %s %s"
              .formatted(
                  asked.uri(),
                  answer.statusCode(),
                  text(told, "error"),
                  text(told, "error_description"))
              .strip());
    }
    return told;
  }

  private static String text(Struct told, String field) {
    return told.getFieldsOrDefault(field, Value.getDefaultInstance()).getStringValue();
  }

  private static String basic(String client, String secret) {
    return Base64.getEncoder()
        .encodeToString((coded(client) + ":" + coded(secret)).getBytes(StandardCharsets.UTF_8));
  }

  private String form() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "client_credentials");
    fields.put("audience", audience);
    fields.put("scope", scope);
    return fields.entrySet().stream()
        .filter(field -> !field.getValue().isEmpty())
        .map(field -> field.getKey() + "=" + coded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
