package dev.poolwright.leak;

/** Which frames of a stack, innermost first, are the application's: those that an operator looks for. */
final class Frames {

    private static final String OURS = "dev.poolwright.";
    private static final String HOOK = "java.sql.PoolwrightHook";

    /** The JDK with its proxies and reflection. */
    private static final String[] PLATFORM = {"java.", "javax.", "jakarta.", "jdk.", "sun.", "com.sun.proxy."};

    /** A path ends with so many classes: what opens connections, what a base class adds, and who wanted one. */
    private static final int MAX_CLASSES = 3;

    /** It also ends with so many frames, in which one class calls itself. */
    private static final int MAX_FRAMES = 5;

    private Frames() {}

    private enum Kind {
        OURS,
        PLATFORM,
        LIBRARY,
        APPLICATION
    }

    static boolean isApplication(StackTraceElement frame) {
        return kindOf(frame) == Kind.APPLICATION;
    }

    private static Kind kindOf(StackTraceElement frame) {
        String type = frame.getClassName();
        if (type.startsWith(OURS) || type.startsWith(HOOK)) {
            return Kind.OURS;
        }
        if (Libraries.startsWithAny(type, PLATFORM)) {
            return Kind.PLATFORM;
        }
        return Libraries.contains(type) || isGenerated(frame) ? Kind.LIBRARY : Kind.APPLICATION;
    }

    /**
     * A proxy, which has no lines: it may be in the package of what it stands for, as {@code com.acme.$Proxy5} and
     * {@code com.acme.Orders$$SpringCGLIB$$0} are.
     */
    private static boolean isGenerated(StackTraceElement frame) {
        String type = frame.getClassName();
        return frame.getLineNumber() < 0
                && (type.contains("$$")
                        || type.contains("$Proxy")
                        || type.contains("$HibernateProxy$")
                        || type.contains("$ByteBuddy$"));
    }

    /** The innermost frame of the application; without one, of a library; without one, the innermost that is not ours. */
    static int siteIndex(StackTraceElement[] all) {
        int library = -1;
        int platform = -1;
        for (int i = 0; i < all.length; i++) {
            switch (kindOf(all[i])) {
                case APPLICATION:
                    return i;
                case LIBRARY:
                    library = library < 0 ? i : library;
                    break;
                case PLATFORM:
                    platform = platform < 0 ? i : platform;
                    break;
                case OURS:
                    break;
            }
        }
        return library >= 0 ? library : Math.max(platform, 0);
    }

    /** The frame at {@link #siteIndex} and the application's frames that led to it; of a method that calls itself or its like, one. */
    static String path(StackTraceElement[] all) {
        int first = siteIndex(all);
        StackTraceElement last = all[first];
        StringBuilder path = new StringBuilder(last.toString());
        if (!isApplication(last)) {
            return path.toString();
        }
        int classes = 1;
        int frames = 1;
        for (int i = first + 1; i < all.length && frames < MAX_FRAMES; i++) {
            StackTraceElement frame = all[i];
            if (!isApplication(frame) || isSameMethod(frame, last)) {
                continue;
            }
            if (!frame.getClassName().equals(last.getClassName()) && ++classes > MAX_CLASSES) {
                break;
            }
            path.append(" < ").append(frame);
            frames++;
            last = frame;
        }
        return path.toString();
    }

    private static boolean isSameMethod(StackTraceElement one, StackTraceElement other) {
        return one.getMethodName().equals(other.getMethodName())
                && one.getClassName().equals(other.getClassName());
    }
}
