import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";

/** Who is signed in, as the server tells it. */
interface SessionUser {
  readonly id: string;
  readonly name: string;
  readonly tenant: string;
  readonly roles: readonly string[];
}

/** The session as the site sees it. */
export type SessionState =
  | { readonly status: "loading" }
  | { readonly status: "anonymous" }
  | { readonly status: "signed-in"; readonly user: SessionUser };

interface SessionValue {
  readonly session: SessionState;
  /** What went wrong with the last sign-in or sign-out. */
  readonly problem: string | undefined;
  /** Resolves to whether it worked. */
  signIn(userId: string): Promise<boolean>;
  signOut(): Promise<boolean>;
}

const SessionContext = createContext<SessionValue | undefined>(undefined);

/** The signed-in user and how to change it. */
export function useSession(): SessionValue {
  const value = useContext(SessionContext);
  if (value === undefined) throw new Error("useSession must be used inside SessionProvider.");
  return value;
}

/** Asks the server who is signed in, again when its tab is shown again: another tab may have changed it. The session itself is in a cookie no script can read. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [session, setSession] = useState<SessionState>({ status: "loading" });
  const [problem, setProblem] = useState<string>();
  // Only the newest request counts: an answer that comes late must not undo a sign-in.
  const newest = useRef(0);

  useEffect(() => {
    const ask = () => {
      const number = ++newest.current;
      requestSession("GET").then(
        (state) => number === newest.current && setSession(state),
        () => number === newest.current && setSession(orAnonymous),
      );
    };
    const askWhenShown = () => document.visibilityState === "visible" && ask();
    ask();
    document.addEventListener("visibilitychange", askWhenShown);
    return () => {
      newest.current++;
      document.removeEventListener("visibilitychange", askWhenShown);
    };
  }, []);

  const value = useMemo<SessionValue>(() => {
    const change = async (method: "POST" | "DELETE", body?: object) => {
      newest.current++;
      try {
        const state = await requestSession(method, body);
        newest.current++;
        setSession(state);
        setProblem(undefined);
        return true;
      } catch {
        setProblem("That did not work. Please try again.");
        return false;
      }
    };
    return {
      session,
      problem,
      signIn: (userId) => change("POST", { user: userId }),
      signOut: () => change("DELETE"),
    };
  }, [session, problem]);
  return <SessionContext value={value}>{children}</SessionContext>;
}

/** Without an answer, what was known stays. */
const orAnonymous = (known: SessionState): SessionState =>
  known.status === "loading" ? { status: "anonymous" } : known;

async function requestSession(method: "GET" | "POST" | "DELETE", body?: object): Promise<SessionState> {
  const response = await fetch("/session", {
    method,
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  const { user } = (await response.json()) as { user: SessionUser | null };
  return user === null ? { status: "anonymous" } : { status: "signed-in", user };
}
