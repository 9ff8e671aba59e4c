package book;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolatileTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          curl: (7) Failed to connect         | curl: (7) Could not connect to server
          nc: lost: Socket closed             | nc: lost: Socket is closed
          User-Agent: curl/7.88.1             | User-Agent: curl/8.15.0
          Server: Python/3.11.2               | Server: Python/3.14.0
          Date: Tue, 11 Nov 2025 10:00:00 GMT | Date: Wed, 12 Nov 2025 11:01:02 GMT
          at 2025-11-11T10:00:00.123Z         | at 2026-01-02T03:04:05Z
          answered after 44 ms                | answered after 2001 ms
          timed out after 2001 milliseconds   | timed out after 2004 milliseconds
          in 1.003 s                          | in 0.9 s
          638 times as long                   | 1370 times as long
          timer:(keepalive,119min,0)          | timer:(keepalive,2sec,0)
          TIME-WAIT [::ffff:127.0.0.1]:8080   | TIME-WAIT 127.0.0.1:8080
          pid 4711                            | pid 23
          ports 32768 to 60999                | ports 1024 to 65535
          ‹1c 46› the packet's number         | ‹ff 00› the packet's number
          reads 8 bytes, then java.net.So     | reads 128,000 bytes, then java.net.So
          """)
  void whatDiffersFromRunToRunIsEqual(String recorded, String now) {
    assertThat(Volatile.masked(now)).isEqualTo(Volatile.masked(recorded));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          curl: (7) Failed to connect | curl: (28) Timeout was reached
          Content-Length: 31          | Content-Length: 32
          timed out after 2 s         | timed out after 10 s
          nc: lost: Socket closed     | nc: lost: Connection reset
          ‹1c 46› the packet's number | ‹1c 46› the packet's checksum
          HTTP/1.1 200 OK             | HTTP/1.0 200 OK
          read 44 bytes               | read 45 bytes
          reads 12 bytes, then -1     | reads 13 bytes, then -1
          localhost:8080              | localhost:8081
          [::ffff:127.0.0.1]:8080     | [::ffff:127.0.0.2]:8080
          127.0.0.1:8080              | [::1]:8080
          timer:(keepalive,29sec,0)   | timer:(persist,29sec,0)
          """)
  void whatAnAuthorChoseIsNot(String recorded, String now) {
    assertThat(Volatile.masked(now)).isNotEqualTo(Volatile.masked(recorded));
  }

  @Test
  void callersPortsAreNumberedAsTheyAppear() {
    var normal = new Volatile(Map.of(8080, 7411));
    assertThat(normal.recorded("/127.0.0.1:41234 to localhost:7411"))
        .isEqualTo("/127.0.0.1:50001 to localhost:8080");
    assertThat(normal.recorded("[::1]:60999, then port 41234"))
        .isEqualTo("[::1]:50002, then port 50001");
  }

  @Test
  void onlyWholeNumbersArePorts() {
    var normal = new Volatile(Map.of(8080, 7411));
    assertThat(normal.recorded("17411 74110 7411")).isEqualTo("17411 74110 8080");
    assertThat(normal.recorded("41234 bytes")).isEqualTo("41234 bytes");
  }

  @Test
  void portsThatStandForOneAnotherAreNotMixedUp() {
    assertThat(Volatile.replacePorts("8080 8081", Map.of(8080, 8081, 8081, 8080)))
        .isEqualTo("8081 8080");
  }
}
