package book;

import java.io.File;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What a session asks of the machine beyond a JDK. Without it the session is skipped, and says so.
 */
enum Need {
  CURL,
  PYTHON3,
  SS,
  STRACE,
  IPV6 {
    @Override
    boolean met() {
      try (var probe = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
        return probe.getInetAddress() instanceof Inet6Address;
      } catch (IOException noSuchAddress) {
        return false;
      }
    }
  },
  LINUX {
    @Override
    boolean met() {
      return System.getProperty("os.name").equals("Linux");
    }
  },
  ROOT {
    @Override
    boolean met() {
      return System.getProperty("user.name").equals("root");
    }
  };

  static Optional<Need> named(String name) {
    return Arrays.stream(values()).filter(need -> need.toString().equals(name)).findFirst();
  }

  /** Whether this machine has it; for a program, whether it is on the path. */
  boolean met() {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, toString())));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
