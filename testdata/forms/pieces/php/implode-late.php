<?php
$key = implode('', ['{key[..22]}', '{key[22..]}']);
