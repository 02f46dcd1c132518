import { useId, useRef, useState } from "react";
import { demoUsers } from "../../../server/demo-users.js";
import { useSession } from "../session/session-provider.js";
import { useDismiss } from "./use-dismiss.js";

/** Signs demo users in and out. */
export function AccountMenu() {
  const { session, problem } = useSession();
  const [open, setOpen] = useState(false);
  const menuId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const account = useDismiss(open, { onEscape: close, onOutside: () => setOpen(false) });
  const user = session.status === "signed-in" ? session.user : undefined;

  return (
    <div className="account" ref={account}>
      <button
        ref={button}
        type="button"
        className="button button-quiet account-button"
        aria-expanded={open}
        aria-controls={menuId}
        disabled={session.status === "loading"}
        onClick={() => setOpen(!open)}
      >
        {user === undefined ? "Sign in" : <AccountName name={user.name} />}
      </button>
      <div id={menuId} className="account-menu" hidden={!open}>
        {user === undefined ? (
          <SignInOptions onDone={close} />
        ) : (
          <SignOutOption hint={`${user.tenant} · ${user.roles.join(", ")}`} onDone={close} />
        )}
        <p className="account-problem" role="status">
          {problem}
        </p>
      </div>
    </div>
  );
}

function AccountName({ name }: { readonly name: string }) {
  return (
    <>
      <span className="avatar" aria-hidden="true">
        {name.slice(0, 1)}
      </span>
      <span className="visually-hidden">Account of </span>
      <span className="account-name">{name}</span>
    </>
  );
}

function SignInOptions({ onDone }: { readonly onDone: () => void }) {
  const { signIn } = useSession();
  return (
    <>
      <p className="account-hint">Demo accounts, no password needed</p>
      {demoUsers.map(({ id, name, tenantName }) => (
        <button
          key={id}
          type="button"
          className="account-option"
          onClick={async () => (await signIn(id)) && onDone()}
        >
          <strong>{name}</strong>
          <span>{tenantName}</span>
        </button>
      ))}
    </>
  );
}

function SignOutOption({ hint, onDone }: { readonly hint: string; readonly onDone: () => void }) {
  const { signOut } = useSession();
  return (
    <>
      <p className="account-hint">{hint}</p>
      <button type="button" className="account-option" onClick={async () => (await signOut()) && onDone()}>
        <strong>Sign out</strong>
      </button>
    </>
  );
}
