// Believes: whatever starts with the folder is a file in it.
// Rejected by: SafeNameTest "refuses a name for the folder itself"
package ch06;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

public final class SafeName {
  private SafeName() {}

  public static Path of(Path root, String name) throws IOException {
    var decoded = decode(name);
    if (decoded.chars().anyMatch(c -> c < 32 || c == ':' || c == '\\')) {
      throw new Refused("odd characters");
    }
    var path = root.resolve(decoded).normalize();
    if (!path.startsWith(root.normalize())) throw new Refused("outside");
    return path;
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
