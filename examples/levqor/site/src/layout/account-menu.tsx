import { useEffect, useId, useRef, useState } from "react";
import { demoUsers } from "../../../server/demo-users.js";
import { useSession } from "../session/session-provider.js";

/** Signs demo users in and out. */
export function AccountMenu() {
  const { session, problem, signIn, signOut } = useSession();
  const [open, setOpen] = useState(false);
  const menuId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!open) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      setOpen(false);
      button.current?.focus();
    };
    const onPointer = (event: PointerEvent) => {
      if (event.target instanceof Node && !menu.current?.parentElement?.contains(event.target))
        setOpen(false);
    };
    document.addEventListener("keydown", onKey);
    document.addEventListener("pointerdown", onPointer);
    return () => {
      document.removeEventListener("keydown", onKey);
      document.removeEventListener("pointerdown", onPointer);
    };
  }, [open]);

  const finish = async (done: Promise<boolean>) => {
    if (!(await done)) return;
    setOpen(false);
    button.current?.focus();
  };
  const user = session.status === "signed-in" ? session.user : undefined;

  return (
    <div className="account">
      <button
        ref={button}
        type="button"
        className="button button-quiet account-button"
        aria-expanded={open}
        aria-controls={menuId}
        disabled={session.status === "loading"}
        onClick={() => setOpen(!open)}
      >
        {user === undefined ? (
          "Sign in"
        ) : (
          <>
            <span className="avatar" aria-hidden="true">
              {user.name.slice(0, 1)}
            </span>
            <span className="visually-hidden">Account of </span>
            <span className="account-name">{user.name}</span>
          </>
        )}
      </button>
      <div id={menuId} ref={menu} className="account-menu" hidden={!open}>
        {user === undefined ? (
          <>
            <p className="account-hint">Demo accounts, no password needed</p>
            {demoUsers.map(({ id, name, tenantName }) => (
              <button key={id} type="button" className="account-option" onClick={() => finish(signIn(id))}>
                <strong>{name}</strong>
                <span>{tenantName}</span>
              </button>
            ))}
          </>
        ) : (
          <>
            <p className="account-hint">
              {user.tenant} · {user.roles.join(", ")}
            </p>
            <button type="button" className="account-option" onClick={() => finish(signOut())}>
              <strong>Sign out</strong>
            </button>
          </>
        )}
        <p className="account-problem" role="status">
          {problem}
        </p>
      </div>
    </div>
  );
}
