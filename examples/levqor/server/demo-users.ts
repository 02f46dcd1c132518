/** A person of the demo. A real product would look users up where it keeps them. */
export interface DemoUser {
  readonly id: string;
  readonly name: string;
  readonly tenantId: string;
  readonly tenantName: string;
  readonly roles: readonly string[];
}

/** The people who can sign in to the demo, in two companies. */
export const demoUsers: readonly DemoUser[] = [
  {
    id: "amara",
    name: "Amara Okafor",
    tenantId: "northwind",
    tenantName: "Northwind Studio",
    roles: ["owner"],
  },
  {
    id: "jonas",
    name: "Jonas Weber",
    tenantId: "bluebird",
    tenantName: "Bluebird Coffee",
    roles: ["editor"],
  },
];
