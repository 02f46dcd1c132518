import { isImei } from "../../checks/is-imei.js";
import { isVin } from "../../checks/is-vin.js";
import { contextWords } from "../../context-words.js";
import type { IdKind } from "../id-kind.js";

const vehicleWords = contextWords(["vin", "chassis", "vehicle identification", "fahrgestellnummer", "fin"]);

/** Numbers of phones and vehicles. */
export const deviceIds: readonly IdKind[] = [
  {
    type: "device_id",
    anywhere: ["99-999999-999999-9"],
    besideWords: ["999999999999999", "99 999999 999999 9"],
    isValid: isImei,
    words: contextWords(["imei"]),
  },
  {
    type: "vehicle_id",
    alone: ["*****************"],
    isValid: isVin,
    words: vehicleWords,
  },
  {
    // European makers need no check digit.
    type: "vehicle_id",
    besideWords: ["*****************"],
    isValid: (compact) => /^[S-Z](?=.*\d{4}$)[A-HJ-NPR-Z\d]{16}$/.test(compact),
    words: vehicleWords,
  },
];
