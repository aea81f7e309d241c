package dev.rote.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rote.embedded.Part;
import dev.rote.testkit.Laboratory;
import dev.rote.v1.CurvesPanel;
import dev.rote.v1.FigureSpec;
import dev.rote.v1.GetResultsRequest;
import dev.rote.v1.Metric;
import dev.rote.v1.PanelSpec;
import dev.rote.v1.Report;
import dev.rote.v1.Series;
import dev.rote.v1.Sweep;
import dev.rote.v1.SweepStatus.Phase;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The live page by HTTP alone: what it says, what it takes in, and whom it refuses. */
@ExtendWith(SharedLaboratory.class)
class PageIT {
  private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
  private static final Pattern SCORE = Pattern.compile("<span>([0-9.E-]+)</span></li>");
  private static final int LARGEST_FIRST_LOAD = 500_000;

  private final URI address;
  private final Browsing browsing;
  private final Laboratory laboratory;

  PageIT(Laboratory laboratory) {
    this.laboratory = laboratory;
    this.address = Objects.requireNonNull(laboratory.site().addresses().http().get(Part.SWEEPS));
    this.browsing = new Browsing(address, laboratory.site().addresses().token().orElseThrow());
  }

  @Test
  void shouldShowASweepWithItsCurvesClaimsAndTrialsWhenItHasEnded() throws Exception {
    String text =
        TinySweep.named("page-whole", 701, 3)
            .replace(
                "  figures:", "  - name: hardness\n    el2n: {}\n    finalOnly: true\n  figures:");
    Sweep sweep = laboratory.run(text);
    String id = sweep.getStatus().getSweepId();
    assertThat(browsing.page("/")).contains("href=\"/sweeps/" + id + "\"", "completed");
    assertThat(browsing.page("/sweeps/page-whole"))
        .contains("Real inputs against random ones.", "100 %", "4 of 4 done", "data: real, randX")
        .contains("/sweeps/" + id + "/trials/3", "repetition 1: done")
        .doesNotContain("sse-connect");
    assertThat(browsing.page("/sweeps/" + id + "/findings"))
        .contains("Training on real data gets above chance.", "holds", "does not hold")
        .contains("/sweeps/" + id + "/figures/accuracy/figure.svg");
    assertThat(browsing.page("/sweeps/" + id + "/figures/accuracy/figure.svg"))
        .isEqualTo(
            new String(laboratory.reportFile(id, "figures/accuracy.svg"), StandardCharsets.UTF_8));
    assertThat(browsing.page("/sweeps/" + id + "/curves/picture"))
        .contains("/curves/picture.svg?moment=");
    assertThat(browsing.page("/sweeps/" + id + "/curves/picture.svg?quantity=loss"))
        .startsWith("<svg")
        .contains("Loss over epochs", "randX");
    assertThat(browsing.page("/sweeps/" + id + "/curves/numbers"))
        .contains("<td>validation accuracy</td><td>randX</td><td>3</td><td><data value=\"0.");
    assertPictures("/sweeps/" + id, "score=hardness/el2n&at.data=randX", "(randX)");
    assertPictures("/sweeps/" + id + "/trials/1", "score=hardness/el2n", "(real)");
    assertThat(browsing.page("/sweeps/" + id + "/trials?state=done&at.data=randX"))
        .contains("/sweeps/" + id + "/trials/2\"", "/sweeps/" + id + "/trials/3\"")
        .doesNotContain("/sweeps/" + id + "/trials/1\"");
    assertThat(browsing.page("/sweeps/" + id + "/trials?state=failed")).contains("No trial is so");
    assertThat(browsing.page("/sweeps/" + id + "/trials/1"))
        .contains("all epochs trained", "trainSize: 400", "csr", "measured", "Checkpoints");
    assertThat(browsing.page("/sweeps/" + id + "/trials/1/curves.svg")).contains("Trial 1");
    String both = "?quantity=ACCURACY&of=" + id + "&of=" + id + "%2F0";
    assertThat(browsing.page("/compare" + both))
        .contains("/compare/picture" + both.replace("&", "&amp;"));
    assertThat(browsing.page("/compare/picture" + both))
        .contains("/compare/curves.svg" + both.replace("&", "&amp;"));
    assertThat(browsing.page("/compare/curves.svg" + both))
        .contains("page-whole: real", "page-whole/0");
    assertThat(browsing.page("/compare/numbers" + both))
        .contains("page-whole/0", "page-whole: real");
    assertThat(browsing.page("/compare/table" + both))
        .contains("Training on real data gets above chance.</th><td>holds: ")
        .contains("<code>axis data</code></th><td>real, randX</td><td>–</td>");
  }

  /** From before its first trial has begun, while trials take their places and end. */
  @Test
  void shouldShowWhatThereIsAtAnyMomentWhenASweepRuns() throws Exception {
    Sweep sweep = laboratory.submit(TinySweep.named("page-moments", 803, 3)).getSweep();
    String page = "/sweeps/" + sweep.getStatus().getSweepId();
    String shown;
    do {
      assertThat(browsing.page(page + "/curves/picture")).contains("picture.svg?moment=");
      assertThat(browsing.page(page + "/curves/picture.svg?quantity=loss")).startsWith("<svg");
      assertThat(browsing.page(page + "/curves/numbers")).contains("Numbers of the curves");
      assertThat(browsing.page(page + "/examples/picture")).contains("class=\"pages\"");
      assertThat(browsing.page(page + "/trials")).contains(page + "/trials/3");
      assertThat(browsing.page(page + "/trials/0")).contains("trainSize: 400");
      shown = browsing.page(page);
    } while (!shown.contains("4 of 4 done"));
    assertThat(browsing.page(page + "/findings")).contains("Training on real data gets above");
  }

  /** The hardest first, and the easiest ones last. */
  private void assertPictures(String page, String choice, String where) throws Exception {
    assertThat(browsing.page(page + "/examples?" + choice))
        .contains("<option value=\"hardness/el2n\" selected", "errors/loss", "errors/error");
    String pictures = page + "/examples/picture?" + choice;
    List<Double> scores = new ArrayList<>();
    String next = pictures;
    for (int from = 0; from < 400; from += 32) {
      String shown = browsing.page(next);
      assertThat(shown).contains("Hardest examples by el2n of hardness " + where);
      assertThat(shown.split("src=\"data:image/png;base64,", -1))
          .hasSize(1 + Math.min(32, 400 - from));
      SCORE.matcher(shown).results().forEach(score -> scores.add(Double.valueOf(score.group(1))));
      next = pictures + "&from=" + (from + 32);
      assertThat(shown.contains("from=" + (from + 32))).isEqualTo(from + 32 < 400);
    }
    assertThat(scores).hasSize(400).isSortedAccordingTo(Comparator.reverseOrder());
    assertThat(browsing.page(next)).contains("There are none");
  }

  @Test
  void shouldDrawTheReportsCurvesWhenAskedForCurvesOfACompletedSweep() throws Exception {
    laboratory.run(TinySweep.named("page-curves", 701, 3));
    Report own = results(GetResultsRequest.newBuilder().setSweep("page-curves"));
    FigureSpec asked =
        FigureSpec.newBuilder()
            .setName("curves")
            .setTitle("")
            .addPanels(
                PanelSpec.newBuilder()
                    .setCurves(
                        CurvesPanel.newBuilder()
                            .addMetrics(metric(Metric.Kind.TRAIN_ACCURACY))
                            .addMetrics(metric(Metric.Kind.VALIDATION_ACCURACY))))
            .build();
    Report other =
        results(GetResultsRequest.newBuilder().setSweep("page-curves").addFigures(asked));
    List<Series> curves = own.getFigures(0).getPanels(0).getSeriesList();
    assertThat(curves).hasSize(4);
    assertThat(other.getFigures(0).getPanels(0).getSeriesList())
        .usingElementComparator(
            (a, b) ->
                a.toBuilder().clearPlace().build().equals(b.toBuilder().clearPlace().build())
                    ? 0
                    : 1)
        .isEqualTo(curves);
  }

  private static Metric metric(Metric.Kind kind) {
    return Metric.newBuilder().setKind(kind).build();
  }

  private Report results(GetResultsRequest.Builder request) {
    return laboratory.sweeps().getResults(request.build()).getReport();
  }

  @Test
  void shouldSteerASweepWhenItsFormsAreSent() throws Exception {
    String page = browsing.page("/submit");
    String token = browsing.token(page);
    String text = TinySweep.longer("page-steered", 711);
    HttpResponse<String> checked =
        browsing.postParts("/submit", Map.of("token", token, "text", text, "action", "check"));
    assertThat(checked.body()).contains("The sweep is valid: 4 trials.");
    assertThat(browsing.get("/sweeps/page-steered").statusCode()).isEqualTo(404);
    HttpResponse<String> submitted =
        browsing.postParts("/submit", Map.of("token", token, "text", text, "action", "submit"));
    assertThat(submitted.statusCode()).isEqualTo(303);
    String path = URI.create(submitted.headers().firstValue("Location").orElseThrow()).getPath();
    assertThat(browsing.page(path)).contains("sse-connect=\"" + path + "/events\"");
    String id = path.substring(path.lastIndexOf('/') + 1);
    assertThat(steer(path, token, "pause")).isEqualTo(303);
    laboratory.await(id, status -> status.getPhase() == Phase.PAUSED);
    assertThat(browsing.page(path)).contains("value=\"resume\"").doesNotContain("value=\"pause\"");
    assertThat(browsing.page(path + "/findings")).contains("Partial:", "undecided");
    assertThat(
            browsing
                .post(path + "/steering/parallelism", Map.of("token", token, "trials", "many"))
                .statusCode())
        .isEqualTo(400);
    assertThat(
            browsing
                .post(path + "/steering/parallelism", Map.of("token", token, "trials", "2"))
                .statusCode())
        .isEqualTo(303);
    laboratory.await(id, status -> status.getPhase() == Phase.PAUSED);
    assertThat(steer(path, token, "resume")).isEqualTo(303);
    laboratory.await(id, status -> status.getPhase() == Phase.RUNNING);
    assertThat(steer(path, token, "cancel")).isEqualTo(303);
    laboratory.await(id, status -> status.getPhase() == Phase.CANCELLED);
    assertThat(browsing.page(path)).contains("value=\"retry\"", "cancelled");
    assertThat(steer(path, token, "fly")).isEqualTo(400);
    assertThat(steer(path, token, "pause")).isEqualTo(409);
  }

  private int steer(String path, String token, String action) throws Exception {
    return browsing.post(path + "/steering", Map.of("token", token, "action", action)).statusCode();
  }

  @Test
  void shouldTellHowASweepGoesOnUntilItEndsWhenItIsFollowed() throws Exception {
    String id =
        laboratory
            .submit(TinySweep.named("page-followed", 731, 20))
            .getSweep()
            .getStatus()
            .getSweepId();
    HttpResponse<String> events = browsing.get("/sweeps/" + id + "/events");
    assertThat(events.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("text/event-stream");
    List<String> kinds =
        events.body().lines().filter(line -> line.startsWith("event:")).distinct().toList();
    assertThat(kinds)
        .contains("event:status", "event:phase", "event:trials", "event:results", "event:end");
    assertThat(events.body()).contains("4 of 4 done", "100 %");
    assertThat(events.body().strip().lines().filter(line -> line.startsWith("event:")))
        .last()
        .isEqualTo("event:end");
  }

  @Test
  void shouldTellOfATrialUntilItEndsWhenItIsFollowed() throws Exception {
    String id =
        laboratory
            .submit(TinySweep.named("page-trial", 741, 5))
            .getSweep()
            .getStatus()
            .getSweepId();
    String page = "/sweeps/" + id + "/trials/3";
    List<String> events = browsing.get(page + "/events").body().lines().toList();
    assertThat(events).contains("event:trial", "event:end");
    assertThat(events.stream().filter(line -> line.startsWith("data:")))
        .last()
        .asString()
        .startsWith("data:done-5-6-");
    assertThat(browsing.page(page)).doesNotContain("sse-connect");
    assertThat(browsing.page(page + "/now")).contains("curves.svg?moment=done-5-6-");
    assertThat(browsing.page(page + "/epochs")).contains("<th scope=\"row\">5</th>");
  }

  @Test
  void shouldTellLineAndColumnWhenASweepIsWrong() throws Exception {
    String token = browsing.token(browsing.page("/submit"));
    String wrong = TinySweep.named("page-wrong", 1, 3).replace("repetitions: 2", "repetitions: 0");
    HttpResponse<String> refused =
        browsing.postParts("/submit", Map.of("token", token, "text", wrong, "action", "submit"));
    int line = wrong.substring(0, wrong.indexOf("repetitions: 0")).split("\n", -1).length;
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body())
        .contains("href=\"#line-" + line + "\"", "id=\"line-" + line + "\" class=\"wrong\"")
        .contains("must be in [1, 10000], was 0");
  }

  /** What the services find alone: that no such file is there, that a path leads elsewhere. */
  @Test
  void shouldKeepWhatWasWrittenAndTellItsLineWhenAServiceRefusesIt() throws Exception {
    String token = browsing.token(browsing.page("/submit"));
    String own =
        "dataset: {name: files, trainSize: 4, validationSize: 2, files: {train: {path: %s}}}";
    String whole = "dataset: {name: strokes, trainSize: 400, validationSize: 200}";
    String text = TinySweep.named("page-own", 1, 3);
    String missing = text.replace(whole, own.formatted("nowhere.npz"));
    HttpResponse<String> refused =
        browsing.postParts("/submit", Map.of("token", token, "text", missing, "action", "check"));
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("What is wrong", "nowhere.npz", "name: page-own");
    String astray =
        text.replace(
            "set: {corruption", "set: {" + own.formatted("a/../../b.npz") + ", corruption");
    HttpResponse<String> placed =
        browsing.postParts("/submit", Map.of("token", token, "text", astray, "action", "check"));
    int line = astray.substring(0, astray.indexOf("a/../../b.npz")).split("\n", -1).length;
    assertThat(placed.statusCode()).isEqualTo(400);
    assertThat(placed.body()).contains("id=\"line-" + line + "\" class=\"wrong\"");
  }

  @Test
  void shouldEscapeWhatOthersWroteWhenItIsShown() throws Exception {
    String token = browsing.token(browsing.page("/submit"));
    String hostile = "<script>alert(1)</script>\"'&";
    HttpResponse<String> refused =
        browsing.postParts("/submit", Map.of("token", token, "text", hostile, "action", "check"));
    assertThat(refused.body()).contains("&lt;script&gt;").doesNotContain("<script>alert");
    String text =
        TinySweep.named("page-hostile", 701, 3)
            .replace("Real inputs against random ones.", "'<img src=x onerror=alert(1)>'");
    laboratory.run(text);
    assertThat(browsing.page("/sweeps/page-hostile"))
        .contains("&lt;img src=x onerror=alert(1)&gt;")
        .doesNotContain("<img src=x");
    assertThat(browsing.get("/sweeps/%3Cscript%3Ealert(1)%3C%2Fscript%3E").body())
        .contains("&lt;script&gt;")
        .doesNotContain("<script>alert");
  }

  @Test
  void shouldRefuseWhenAStrangersPageAsks() throws Exception {
    Map<String, String> form = Map.of("action", "cancel");
    String token = browsing.token(browsing.page("/submit"));
    Map<String, String> whole = Map.of("action", "cancel", "token", token);
    String path = "/sweeps/none/steering";
    assertThat(browsing.post(path, form).statusCode()).isEqualTo(403);
    assertThat(browsing.post(path, Map.of("action", "cancel", "token", "x")).statusCode())
        .isEqualTo(403);
    assertThat(browsing.post(path, whole, "Origin", "http://evil.example").statusCode())
        .isEqualTo(403);
    assertThat(browsing.post(path, whole, "Sec-Fetch-Site", "cross-site").statusCode())
        .isEqualTo(403);
    assertThat(browsing.post(path, whole, "Origin", "null").statusCode()).isEqualTo(403);
    assertThat(browsing.post(path, whole).statusCode()).isEqualTo(404);
    assertThat(raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
    assertThat(raw("GET /q/health/ready HTTP/1.1\r\nHost: sweeps\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void shouldKeepTheKeyOfAnAddressFromScriptsWhenItIsOpened() throws Exception {
    String key = laboratory.site().addresses().token().orElseThrow();
    HttpResponse<String> opened = browsing.get("/compare?key=" + key);
    assertThat(opened.statusCode()).isEqualTo(303);
    assertThat(opened.headers().firstValue("Location").orElseThrow()).isEqualTo("/compare");
    assertThat(opened.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("rote-key=" + key + ";")
        .containsIgnoringCase("; HttpOnly")
        .containsIgnoringCase("; SameSite=Strict");
    HttpResponse<String> unknown = browsing.get("/compare?key=abc");
    assertThat(unknown.statusCode()).isEqualTo(401);
    assertThat(unknown.headers().firstValue("Set-Cookie")).isEmpty();
    /* Another port of this machine is the same site. */
    for (String from : List.of("cross-site", "same-site")) {
      HttpResponse<String> linked = browsing.get("/compare?key=" + key, "Sec-Fetch-Site", from);
      assertThat(linked.statusCode()).as(from).isEqualTo(403);
      assertThat(linked.headers().firstValue("Set-Cookie")).as(from).isEmpty();
    }
  }

  @Test
  void shouldAskForAKeyWhenABrowserShowsNoneOrAnothers() throws Exception {
    for (String path : List.of("/", "/sweeps/none", "/submit")) {
      assertThat(new Browsing(address, "another").get(path).statusCode()).as(path).isEqualTo(401);
    }
    assertThat(raw("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 401")
        .contains("open the address that 'rote up' prints");
  }

  /** Past a client that lets nobody name another host. */
  private String raw(String request) throws Exception {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      in.transferTo(answer);
      return answer.toString(StandardCharsets.UTF_8);
    }
  }

  @Test
  void shouldLoadLittleAndNothingFromElsewhereWhenAPageIsOpened() throws Exception {
    laboratory.run(TinySweep.named("page-load", 701, 3));
    for (String path : List.of("/", "/sweeps/page-load", "/submit", "/compare")) {
      HttpResponse<String> page = browsing.get(path);
      assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(page.body()).doesNotContain(" style=\"", " onclick", "javascript:");
      long bytes = page.body().length();
      Matcher loaded = LOADED.matcher(page.body());
      while (loaded.find()) {
        String link = loaded.group(1);
        assertThat(link).as(path).matches("[/#].*").doesNotStartWith("//");
        if (link.startsWith("/webjars/") || link.startsWith("/page/")) {
          bytes += browsing.page(link).length();
        }
      }
      assertThat(bytes).as(path).isBetween(50_000L, (long) LARGEST_FIRST_LOAD);
    }
  }
}
