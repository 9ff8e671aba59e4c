// Believes: what begins with the name of the folder is in the folder.
// Rejected by: SafeNameTest "refuses what leads up and out"
package ch06;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

public final class SafeName {
  private SafeName() {}

  public static Path of(Path root, String name) throws IOException {
    var folder = root.toRealPath().toString();
    var path = root.toRealPath().resolve(decode(name)).normalize();
    if (!path.toString().startsWith(folder)) throw new Refused("outside of the folder");
    if (path.toString().equals(folder)) throw new Refused("the folder itself");
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
