// The list of standing seats on a format's page of people follows the record.
import { follow } from "../../ground/frontend/live/followed-part";

const seats = document.getElementById("standing-seats");
if (seats) follow(seats);
