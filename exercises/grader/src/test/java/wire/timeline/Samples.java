package wire.timeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.TreeMap;
import wire.Act;
import wire.Event;
import wire.Recording;
import wire.Side;

/** Recordings that are kept beside the tests, and some that nobody would want to keep. */
final class Samples {
  /** Bytes that mean something to a terminal, to XML, or to who reads them. */
  static final List<String> HOSTILE =
      List.of(
          "</text></svg><script>alert(1)</script>",
          "]]>&amp;&#0;<!-- \"' -->",
          "\u001b[31mred\u001b]0;title\u0007",
          "\u009b31m\u0085\u2028",
          "\u202egnorw\u200b\ufeff",
          "\uffff\ufffe\ue000",
          "␍␊ \u00a0\u3000",
          "Grüße, 你好 👩‍🚀");

  private Samples() {}

  static Recording recording(String name) {
    return Recording.parse(text(name + ".recording"));
  }

  static String text(String file) {
    try (var in = Samples.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each recording as its golden text tells it. */
  static SequencedMap<String, Timeline> timelines() {
    return new TreeMap<>(
        Map.of(
            "http",
            Timeline.of(recording("http")).names("curl", "lesson 01").steady(),
            "half-close",
            Timeline.of(recording("half-close")).names("Amy", "Bob").steady(Duration.ofMillis(500)),
            "reset",
            Timeline.of(recording("reset"))
                .names("the check", "your code")
                .mark(6, "here your code answered too early: the blank line had not come yet"),
            "datagrams",
            Timeline.of(recording("datagrams")),
            "conversations",
            Timeline.of(recording("conversations"))));
  }

  /** Any events in any order, with any bytes. */
  static Recording random(long seed) {
    var random = new Random(seed);
    var events = new ArrayList<Event>();
    long nanos = 0;
    for (int count = random.nextInt(30); count > 0; count--) {
      nanos += random.nextLong(400_000_000L);
      var act = Act.values()[random.nextInt(Act.values().length)];
      var from = Side.values()[random.nextInt(2)];
      int conversation = 1 + random.nextInt(3);
      if (act.hasBytes()) {
        var bytes = bytes(random);
        int more = random.nextInt(3) == 0 ? 100_000 : 0;
        events.add(new Event(nanos, conversation, from, act, bytes, bytes.length + more));
      } else {
        events.add(new Event(nanos, conversation, from, act));
      }
    }
    return new Recording(events, random.nextInt(2) * 7);
  }

  private static byte[] bytes(Random random) {
    if (random.nextBoolean()) {
      return HOSTILE.get(random.nextInt(HOSTILE.size())).repeat(random.nextInt(9)).getBytes(UTF_8);
    }
    var bytes = new byte[random.nextInt(2000)];
    random.nextBytes(bytes);
    return bytes;
  }
}
