// Believes: only what a client names can be a link.
// Rejected by: SafeNameTest "follows no link out of the folder"
package ch06;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

public final class SafeName {
  private static final Set<String> DEVICES =
      Set.of(
          "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7",
          "COM8", "COM9", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9");

  private SafeName() {}

  public static Path of(Path root, String name) throws IOException {
    var decoded = decode(name);
    check(decoded);
    if (decoded.isEmpty() || decoded.startsWith("/")) throw new Refused("not a relative name");
    var path = root;
    for (var part : decoded.split("/")) {
      if (part.equals(".") || part.equals("..")) throw new Refused("dots");
      path = path.resolve(part);
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        try {
          path = path.toRealPath();
        } catch (NoSuchFileException e) {
          throw new Refused("a broken link");
        }
      }
      if (!path.startsWith(root)) throw new Refused("a link leads outside");
    }
    return path;
  }

  private static void check(String decoded) throws Refused {
    for (char c : decoded.toCharArray()) {
      if (c < ' ' || c == ':' || c == '\\') throw new Refused("a character that is not allowed");
    }
    for (var part : decoded.split("/")) {
      var stem = part.contains(".") ? part.substring(0, part.indexOf('.')) : part;
      if (DEVICES.contains(stem.toUpperCase(Locale.ROOT))) throw new Refused("a device");
    }
  }

  private static String decode(String name) throws Refused {
    try {
      var decoded = URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
      if (decoded.indexOf('\uFFFD') >= 0) throw new Refused("not UTF-8");
      return decoded;
    } catch (IllegalArgumentException e) {
      throw new Refused("bad escape");
    }
  }

  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    public Refused(String why) {
      super(why);
    }
  }
}
