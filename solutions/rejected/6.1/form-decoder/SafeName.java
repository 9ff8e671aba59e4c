// Believes: URLDecoder decodes URLs.
// Rejected by: SafeNameTest "decodes a name once"
package ch06;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

public final class SafeName {
  private SafeName() {}

  public static Path of(Path root, String name) throws IOException {
    String decoded;
    try {
      decoded = URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refused("the escapes are wrong");
    }
    if (decoded.indexOf('\0') >= 0) throw new Refused("NUL");
    var path = root.resolve(decoded).normalize();
    if (!path.startsWith(root) || path.equals(root)) throw new Refused("outside");
    return path;
  }

  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    public Refused(String why) {
      super(why);
    }
  }
}
